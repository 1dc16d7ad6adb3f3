/** Something that goes wrong on purpose, until it is removed. */
export interface Fault extends Disposable {
  /** What it does, in a few words. */
  readonly description: string;
  /** How many times it has struck. */
  readonly hits: number;
  /** Ends it and releases what it holds; removing it again does nothing. */
  remove(): void;
}

/** Which of the occasions that match a fault it takes; without any of these it takes all. */
export interface FaultTurns {
  /** Lets this many pass first. @default 0 */
  readonly skip?: number | undefined;
  /** Strikes at most this many times. @default no limit */
  readonly times?: number | undefined;
  /** Strikes only the nth occasion, the first being 1: short for a `skip` of n - 1 and one of `times`. */
  readonly nth?: number | undefined;
  /** How likely it strikes an occasion, from 0 to 1; drawn from the generator that the seed of the cluster starts. @default 1 */
  readonly probability?: number | undefined;
}
