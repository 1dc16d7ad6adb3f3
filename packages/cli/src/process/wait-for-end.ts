import type { PortForwardManager } from '@kforge/core';
import { EXIT_CODE } from '../output/exit-codes.ts';

/** What ends a foreground command. */
export interface CommandEnd {
  /** Aborts when the command should end. */
  readonly signal: AbortSignal;
  /** The code to end with. */
  readonly exitCode: Promise<number>;
  /** Takes every listener back. */
  dispose(): void;
}

/** As a shell reports a process that a signal ended: 128 and the signal's number. Ctrl-C is how one ends a forward, so it is no failure. */
const SIGNAL_CODES = { SIGINT: EXIT_CODE.ok, SIGTERM: 143 } as const;

/** Waits for Ctrl-C, a signal, a closed output, or for a forward that cannot go on. */
export function waitForEnd(manager: PortForwardManager): CommandEnd {
  const controller = new AbortController();
  const exitCode = Promise.withResolvers<number>();
  const end = (code: number): void => {
    controller.abort(new Error('The command was asked to end'));
    exitCode.resolve(code);
  };
  const listeners = Object.entries(SIGNAL_CODES).map(([name, code]) => [name, () => end(code)] as const);
  for (const [name, listener] of listeners) process.on(name, listener);
  // Whoever reads the output may leave first (`kforge … | head -1`).
  const onOutputClosed = (): void => end(EXIT_CODE.ok);
  process.stdout.on('error', onOutputClosed);
  let started = false;
  const subscription = manager.onForwardsChanged((event) => {
    if (event.type !== 'updated') return;
    started ||= event.forwardInfo.status === 'connected';
    // A start that fails is told by the start itself, and may be tried again on another port.
    if (started && event.forwardInfo.status === 'error') end(EXIT_CODE.failed);
  });
  return {
    signal: controller.signal,
    exitCode: exitCode.promise,
    dispose() {
      for (const [name, listener] of listeners) process.off(name, listener);
      process.stdout.off('error', onOutputClosed);
      subscription.dispose();
    },
  };
}
