import { execFile } from 'node:child_process';
import { request as httpsRequest } from 'node:https';
import { promisify } from 'node:util';
import { parse } from 'yaml';

/** An answer of the real server. */
export interface Answer {
  readonly code: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A request to the real server. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly mediaType?: string;
}

/** Sends one request to the real server. */
export type Send = (request: Request) => Promise<Answer>;

interface Kubeconfig {
  readonly clusters: readonly [{ readonly cluster: Readonly<Record<string, string>> }];
  readonly users: readonly [{ readonly user: Readonly<Record<string, string>> }];
}

/** Connects to the cluster of a kubeconfig's context with its client certificate. */
export async function connectToRealServer(context: string): Promise<Send> {
  const args = ['config', 'view', '--raw', '--flatten', '--minify', '--context', context];
  const { stdout } = await promisify(execFile)('kubectl', args);
  const config = parse(stdout) as Kubeconfig;
  const { server, 'certificate-authority-data': ca } = config.clusters[0].cluster;
  const { 'client-certificate-data': cert, 'client-key-data': key } = config.users[0].user;
  const bytes = (text: string | undefined) => Buffer.from(text ?? '', 'base64');
  const tls = { ca: bytes(ca), cert: bytes(cert), key: bytes(key), agent: false as const };
  return ({ method, path, body, mediaType = 'application/json' }) =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': mediaType, accept: 'application/json', 'user-agent': 'patch-test/1.0' };
      const call = httpsRequest(new URL(path, server), { ...tls, method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const isJson = response.headers['content-type']?.startsWith('application/json') === true;
          resolve({ code: response.statusCode ?? 0, body: isJson ? (JSON.parse(text) as Answer['body']) : { text } });
        });
      });
      call.on('error', reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
}
