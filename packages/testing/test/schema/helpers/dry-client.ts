import { once } from 'node:events';
import { Agent, request } from 'node:https';
import { json } from 'node:stream/consumers';
import { parse } from 'yaml';

/** What a server answers. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Kubeconfig {
  readonly clusters: readonly [{ readonly cluster: Readonly<Record<string, string>> }];
  readonly users: readonly [{ readonly user: Readonly<Record<string, string>> }];
}

/** Asks the server of a kubeconfig what it would make of an object, of which nothing is kept. Disposing of it closes its connections. */
export class DryClient implements Disposable {
  readonly #agent: Agent;
  readonly #server: string;

  /** For a kubeconfig with one cluster and one user, who has a client certificate. */
  constructor(kubeconfig: string) {
    const { clusters, users } = parse(kubeconfig) as Kubeconfig;
    const [{ cluster }, { user }] = [clusters[0], users[0]];
    const data = (text: string | undefined) => Buffer.from(text ?? '', 'base64');
    this.#server = cluster.server ?? '';
    this.#agent = new Agent({
      keepAlive: true,
      ca: data(cluster['certificate-authority-data']),
      cert: data(user['client-certificate-data']),
      key: data(user['client-key-data']),
    });
  }

  /** Posts an object with `dryRun=All`. */
  async post({ path, body }: { readonly path: string; readonly body: unknown }): Promise<Answer> {
    const url = `${this.#server}/${path}?dryRun=All&fieldManager=test`;
    const sent = request(url, { method: 'POST', agent: this.#agent, headers: { 'content-type': 'application/json' } });
    sent.end(JSON.stringify(body));
    const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
    return { status: response.statusCode ?? 0, body: (await json(response)) as Answer['body'] };
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}
