/** The three programs that are compared, in the order in which a round takes them. */
export const forwarderNames = ['kubectl', 'client-node', 'kforge'] as const;

export type ForwarderName = (typeof forwarderNames)[number];

export interface ForwardTarget {
  readonly context: string;
  readonly namespace: string;
  readonly pod: string;
  /** LOCAL:REMOTE, with free local ports. */
  readonly pairs: readonly string[];
}

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

/** One program that forwards ports. It prints kubectl's `Forwarding from 127.0.0.1:PORT -> REMOTE` for each. */
export interface Forwarder {
  readonly name: ForwarderName;
  /** What was measured, for the report. */
  version(): Promise<string>;
  /** How it is started. KUBECONFIG comes through the environment. */
  command(target: ForwardTarget): Command;
}
