import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Tokens } from '../access/tokens.ts';
import type { Clock } from '../clock/clock.ts';
import type { CertificateAuthority } from './certificate-authority.ts';
import { type ClientCredential, formatKubeconfig } from './format-kubeconfig.ts';
import { keepExecCredential } from './keep-exec-credential.ts';

/** Whom a kubeconfig is for, and how its owner shows that. */
export interface KubeconfigOptions {
  readonly user: string;
  /** Beside `system:authenticated`. @default none */
  readonly groups?: readonly string[] | undefined;
  /**
   * A client certificate, valid for a day; a bearer token; or an exec plugin, which prints a token that counts now whenever a client runs it.
   *
   * @default 'certificate'
   */
  readonly credentials?: 'certificate' | 'token' | 'exec' | undefined;
  /** How long a token counts, in milliseconds; at least 1000 for an exec plugin. @default tokens do not expire */
  readonly tokenLifetimeMs?: number | undefined;
  /** @default that of the cluster */
  readonly contextName?: string | undefined;
  /** @default that of the cluster */
  readonly namespace?: string | undefined;
}

/** A kubeconfig with one context. */
export interface Kubeconfig {
  /** JSON, which is YAML, too. */
  readonly text: string;
  /** The same as a file that only this user can read, there until the cluster stops. */
  readonly path: string;
}

/** What {@link Kubeconfigs} needs to know of a cluster. */
export interface KubeconfigContext {
  /** The URL of the API server. */
  readonly server: string;
  readonly authority: CertificateAuthority;
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly contextName: string;
  readonly namespace: string;
}

const PROGRAM = `'use strict';\nprocess.stdout.write(require('node:fs').readFileSync(process.argv[2]));\n`;

/** The kubeconfigs of one cluster, in a temporary folder of their own; disposing removes it. */
export class Kubeconfigs implements AsyncDisposable {
  readonly #context: KubeconfigContext;
  readonly #folder: string;
  readonly #open = new AbortController();
  #count = 0;

  private constructor(context: KubeconfigContext, folder: string) {
    this.#context = context;
    this.#folder = folder;
  }

  /** Makes the folder. */
  static async open(context: KubeconfigContext): Promise<Kubeconfigs> {
    // mkdtemp makes it with mode 0700.
    return new Kubeconfigs(context, await mkdtemp(path.join(tmpdir(), 'simulated-cluster-')));
  }

  /**
   * Writes one more kubeconfig.
   *
   * @throws TypeError for a lifetime without a token, RangeError for one that is no time, Error when the cluster has stopped.
   */
  issue(options: KubeconfigOptions): Kubeconfig {
    if (this.#open.signal.aborted) throw new Error('The cluster has stopped');
    const { server, authority, contextName, namespace } = this.#context;
    this.#count += 1;
    const file = path.join(this.#folder, this.#count === 1 ? 'kubeconfig' : `kubeconfig-${this.#count}`);
    const text = formatKubeconfig({
      server,
      authority: authority.certificate,
      credential: this.#credential(options, file),
      contextName: options.contextName ?? contextName,
      namespace: options.namespace ?? namespace,
    });
    writeFileSync(file, text, { mode: 0o600 });
    return { text, path: file };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#open.abort();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #credential(options: KubeconfigOptions, file: string): ClientCredential {
    const { user, groups = [], credentials = 'certificate', tokenLifetimeMs: lifetimeMs } = options;
    const { authority, tokens, clock } = this.#context;
    if (credentials === 'certificate') {
      if (lifetimeMs !== undefined) throw new TypeError('tokenLifetimeMs needs the credentials token or exec');
      return { identity: authority.issueClient({ user, groups }) };
    }
    if (credentials === 'token') return { token: tokens.issue({ user, groups, lifetimeMs }).token };
    const [program, credential] = [path.join(this.#folder, 'print-credential.cjs'), `${file}-credential.json`];
    keepExecCredential({
      file: credential,
      tokens,
      user: { user, groups },
      lifetimeMs,
      clock,
      signal: this.#open.signal,
    });
    writeFileSync(program, PROGRAM, { mode: 0o600 });
    // A token never stands in the arguments, which everybody on this machine can read.
    return { exec: { command: process.execPath, args: [program, credential] } };
  }
}
