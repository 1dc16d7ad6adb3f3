/** One body in protobuf that a real program sent, and what the same object looks like in JSON. */
export interface RecordedBody {
  /** The command of kubectl 1.34 that sent it, or which object of a Kubernetes 1.34 it is. */
  readonly source: string;
  /** In base64. */
  readonly body: string;
  /** What the same command prints with `--dry-run=client -o json`, or what the same server answers in JSON. */
  readonly object: object;
}
