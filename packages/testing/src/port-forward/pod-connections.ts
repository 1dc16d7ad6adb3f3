import { randomInt } from 'node:crypto';
import type { PodHandler } from '../pods/pod-handler.ts';
import { connectionRefusedText, connectionResetText, forwardingFailed } from './failure-texts.ts';
import type { ForwardedConnection } from './forwarded-connection.ts';
import { PodConnection } from './pod-connection.ts';
import type { PortForwardBehaviour } from './port-forward-behaviour.ts';

/** What {@link PodConnections} needs. */
export interface PodConnectionsOptions {
  readonly podName: string;
  readonly namespace: string;
  /** The sandbox id that error texts name. */
  readonly podId: string;
  /** The handler behind a port; `undefined` refuses the connection, and the message of what it throws goes to the client. */
  readonly findHandler: (port: number) => PodHandler | undefined;
  readonly behaviour: PortForwardBehaviour;
  /** Called with what handlers throw. */
  readonly onError: (error: Error) => void;
}

/** The connections of one session to one pod. */
export class PodConnections {
  readonly #options: PodConnectionsOptions;
  readonly #open = new Set<PodConnection>();

  constructor(options: PodConnectionsOptions) {
    this.#options = options;
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /** Gives a connection to the handler of its port, or tells the client why not. */
  open(client: ForwardedConnection): void {
    const handler = this.#findHandler(client);
    if (!handler) return;
    const { behaviour, podId } = this.#options;
    const resetText = connectionResetText({ port: client.port, podId, localPort: randomInt(32_768, 61_000) });
    const connection = new PodConnection({ client, behaviour, resetText });
    this.#open.add(connection);
    connection.once('close', () => this.#open.delete(connection));
    void this.#run({ handler, connection, port: client.port });
  }

  /** Resets every connection; fulfilled when all are closed. */
  async destroy(): Promise<void> {
    const open = [...this.#open];
    const closed = open.map((connection) => new Promise<void>((resolve) => connection.once('close', resolve)));
    for (const connection of open) connection.destroy(new Error('The session of this connection is over'));
    await Promise.all(closed);
  }

  #findHandler(client: ForwardedConnection): PodHandler | undefined {
    const { findHandler, podId } = this.#options;
    const { port } = client;
    let text = connectionRefusedText({ port, podId });
    try {
      const handler = findHandler(port);
      if (handler) return handler;
    } catch (error) {
      text = forwardingFailed({ port, podId, reason: asError(error).message });
    }
    client.data.resume();
    client.fail(text);
    return undefined;
  }

  async #run(given: { handler: PodHandler; connection: PodConnection; port: number }): Promise<void> {
    const { handler, connection, port } = given;
    const { podName, namespace, onError } = this.#options;
    try {
      await handler(connection, { port, podName, namespace });
    } catch (error) {
      // A handler that was still busy when its connection went away fails because of that.
      if (connection.destroyed) return;
      onError(asError(error));
      connection.destroy(asError(error));
    }
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
