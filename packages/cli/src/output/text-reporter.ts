import type { PortForwardInfo, PortForwardManager } from '@kforge/core';
import type { PortForwardReporter, ReporterStreams } from './port-forward-reporter.ts';
import { terminalText } from './terminal-text.ts';

/** The lines that kubectl prints, and more where kubectl would have ended. */
export class TextReporter implements PortForwardReporter {
  readonly #streams: ReporterStreams;
  #lost = false;

  constructor(streams: ReporterStreams) {
    this.#streams = streams;
  }

  follow(manager: PortForwardManager): void {
    const { stdout, stderr } = this.#streams;
    manager.on('connectionOpened', ({ connection }) => {
      stdout.write(`Handling connection for ${connection.localPort}\n`);
    });
    manager.on('connectionClosed', ({ connection, error }) => {
      if (error) stderr.write(`Connection for ${connection.localPort} failed: ${terminalText(error.message)}\n`);
    });
    manager.on('forwardDisconnected', ({ error, retryInMs }) => {
      this.#lost = true;
      stderr.write(
        `Disconnected: ${terminalText(error.message)}. Next attempt in ${(retryInMs / 1000).toFixed(1)} s\n`,
      );
    });
    manager.onForwardsChanged((event) => {
      if (event.type !== 'updated') return;
      const { status, podName, error } = event.forwardInfo;
      if (status === 'connected' && this.#lost) {
        this.#lost = false;
        stdout.write(`Connected again, to pod ${terminalText(podName)}\n`);
      }
      if (status === 'error' && this.#lost)
        stderr.write(`error: ${terminalText(error ?? 'the forward cannot go on')}\n`);
    });
  }

  onStarted(forward: PortForwardInfo): void {
    for (const { localPort, remotePort } of forward.ports) {
      for (const address of forward.addresses) {
        const host = address.includes(':') ? `[${address}]` : address;
        this.#streams.stdout.write(`Forwarding from ${host}:${localPort} -> ${remotePort}\n`);
      }
    }
  }

  onError(): void {}

  onStopped(): void {}
}
