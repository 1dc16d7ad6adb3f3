import type { PodHandler } from '../pods/pod-handler.ts';

/** The container that a question about an image is asked for. */
export interface ContainerContext {
  readonly podName: string;
  readonly namespace: string;
  /** The name of the container. */
  readonly container: string;
  /** How often it was started again before. */
  readonly restartCount: number;
  readonly command: readonly string[];
  readonly args: readonly string[];
  /** The variables whose values stand in the specification itself. */
  readonly env: Readonly<Record<string, string>>;
}

/** A line that a container says some time after its start. */
export interface TimedLine {
  /** In milliseconds after the start. */
  readonly afterMs: number;
  readonly line: string;
}

/** How a container ends by itself. */
export interface ContainerExit {
  /** In milliseconds after the start. */
  readonly afterMs: number;
  /** The exit code, 0 to 255. */
  readonly code: number;
  /** @default 'Completed' for code 0, else 'Error' */
  readonly reason?: string | undefined;
  /** What it says meanwhile, in the order of time. */
  readonly logs?: readonly TimedLine[] | undefined;
}

/** An image as a test writes it down: what its containers do. */
export interface ImageOptions {
  /** As pods name it, such as `kforge.test/web:1`; without a tag it stands for every tag that has no entry of its own. */
  readonly name: string;
  /** What listens in its containers, by port, for as long as they run. */
  readonly serve?: Readonly<Record<number, PodHandler>> | undefined;
  /** How long a node that does not have it takes to pull it, in milliseconds; with 0 every node has it. @default 0 */
  readonly pullMs?: number | undefined;
  /** How long a container takes from its creation to its start, in milliseconds. @default 0 */
  readonly startMs?: number | undefined;
  /** How long a container takes from its start until it is ready, in milliseconds, after its probe's initial delay. @default 0 */
  readonly readyMs?: number | undefined;
  /** How long a container takes to end when it is asked to, in milliseconds; at the end of its grace it is killed. @default 0 */
  readonly stopMs?: number | undefined;
  /** Whether a container that was asked to end refuses new connections, while open ones live on. @default true */
  readonly drains?: boolean | undefined;
  /** Whether it can be pulled. @default 'ok' */
  readonly pull?: 'ok' | 'not-found' | undefined;
  /**
   * How its containers end by themselves; a function answers `undefined` for one that does not.
   *
   * @default init containers end at once with 0, others keep running
   */
  readonly exits?: ContainerExit | ((context: ContainerContext) => ContainerExit | undefined) | undefined;
  /** What its containers say when they start. @default nothing */
  readonly logs?: readonly string[] | ((context: ContainerContext) => Iterable<string>) | undefined;
}

/**
 * The images that a cluster knows. Containers of any other image run, are ready at once and listen on nothing; in a pod that is meant to end,
 * as those of Jobs and of Helm's hooks, they end at once with 0.
 */
export class Images {
  readonly #images = new Map<string, ImageOptions>();

  /** Adds an image; one of the same name is replaced, for containers that start from then on. */
  add(image: ImageOptions): void {
    this.#images.set(image.name, image);
  }

  /** What is known of an image: by its whole name, without its digest, then without its tag. */
  find(image: string): ImageOptions | undefined {
    const [tagged = ''] = image.split('@', 1);
    const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
    const repository = colon < 0 ? tagged : tagged.slice(0, colon);
    return this.#images.get(image) ?? this.#images.get(tagged) ?? this.#images.get(repository);
  }
}
