import type { PortForwardInfo, PortForwardManager } from '@kforge/core';
import { JsonReporter } from './json-reporter.ts';
import { TextReporter } from './text-reporter.ts';

/** Shows the life of the forwards of one command. */
export interface PortForwardReporter {
  /** Shows what happens from now on. */
  follow(manager: PortForwardManager): void;
  onStarted(forward: PortForwardInfo): void;
  /** The start failed; the error itself is shown by the program. */
  onError(error: unknown): void;
  onStopped(): void;
}

/** Where a reporter writes. */
export interface ReporterStreams {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

/** Lines for people, or with `json` one object a line. */
export function createReporter(options: ReporterStreams & { readonly json: boolean }): PortForwardReporter {
  return options.json ? new JsonReporter(options) : new TextReporter(options);
}
