import { KforgeError, type PortForwardInfo, type PortForwardManager } from '@kforge/core';
import type { PortForwardReporter, ReporterStreams } from './port-forward-reporter.ts';

/** One JSON object a line, each with `event` and `time`; `docs/port-forward.md` lists the fields. */
export class JsonReporter implements PortForwardReporter {
  readonly #stdout: NodeJS.WritableStream;
  #started = false;

  constructor(streams: ReporterStreams) {
    this.#stdout = streams.stdout;
  }

  follow(manager: PortForwardManager): void {
    manager.on('connectionOpened', ({ connection }) => this.#write('connection', { state: 'opened', ...connection }));
    manager.on('connectionClosed', ({ connection, bytesReceived, bytesSent, error }) =>
      this.#write('connection', {
        state: 'closed',
        ...connection,
        bytesReceived,
        bytesSent,
        ...(error ? { error: { code: error.code, message: error.message } } : {}),
      }),
    );
    manager.on('forwardDisconnected', ({ error, retryInMs }) =>
      this.#write('disconnected', { code: error.code, message: error.message, retryInMs }),
    );
    manager.onForwardsChanged((event) => {
      if (event.type !== 'updated' || !this.#started) return;
      const { status, error } = event.forwardInfo;
      if (status === 'connected') this.#connected(event.forwardInfo);
      if (status === 'error') this.#write('error', { code: 'TARGET_GONE', message: error });
    });
  }

  onStarted(forward: PortForwardInfo): void {
    this.#started = true;
    for (const { localPort, remotePort, requestedPort } of forward.ports) {
      for (const address of forward.addresses)
        this.#write('listening', { address, localPort, remotePort, requestedPort });
    }
    this.#connected(forward);
  }

  onError(error: unknown): void {
    const { code, message, hint } = KforgeError.is(error)
      ? error
      : { code: undefined, message: String(error), hint: undefined };
    this.#write('error', { code, message, hint });
  }

  onStopped(): void {
    this.#write('stopped', {});
  }

  #connected(forward: PortForwardInfo): void {
    const { podName, namespace, context, carrier } = forward;
    this.#write('connected', { pod: podName, namespace, context, carrier });
  }

  #write(event: string, fields: object): void {
    this.#stdout.write(`${JSON.stringify({ event, time: new Date().toISOString(), ...fields })}\n`);
  }
}
