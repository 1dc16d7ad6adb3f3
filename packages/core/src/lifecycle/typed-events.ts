import { EventEmitter } from 'eventemitter3';
import type { Logger } from '../log/logger.ts';
import type { AbortOptions } from './abort-options.ts';

/** Ends a subscription; calling it twice does no harm. */
export interface Subscription extends Disposable {
  dispose(): void;
}

/**
 * A small typed event bus. A listener that throws is reported to the logger and stops neither the emitter nor the other listeners.
 *
 * @typeParam Events - a map from event name (past tense) to the one object that its listeners get
 */
export class TypedEvents<Events extends object> {
  readonly #emitter = new EventEmitter<string>();
  readonly #logger: Logger;
  /** Ends each subscription that still stands. */
  readonly #ends = new Set<() => void>();

  constructor(options: { readonly logger: Logger }) {
    this.#logger = options.logger;
  }

  /** Calls `listener` for each event of that name until the subscription is disposed or the signal aborts. */
  on<Name extends keyof Events & string>(
    name: Name,
    listener: (event: Events[Name]) => void,
    options: AbortOptions = {},
  ): Subscription {
    const { signal } = options;
    if (signal?.aborted) return subscription(() => undefined);
    const report = (error: unknown): void => {
      this.#logger.error(`A listener of "${name}" threw`, { error: String(error) });
    };
    const guarded = (event: Events[Name]): void => {
      try {
        const returned: unknown = listener(event);
        if (returned instanceof Promise) returned.catch(report);
      } catch (error) {
        report(error);
      }
    };
    this.#emitter.on(name, guarded);
    const end = (): void => {
      this.#ends.delete(end);
      this.#emitter.off(name, guarded);
      signal?.removeEventListener('abort', end);
    };
    this.#ends.add(end);
    signal?.addEventListener('abort', end, { once: true });
    return subscription(end);
  }

  /** Tells every listener of that event. */
  emit<Name extends keyof Events & string>(name: Name, event: Events[Name]): void {
    this.#emitter.emit(name, event);
  }

  /** Forgets all listeners. */
  clear(): void {
    for (const end of this.#ends) end();
  }
}

function subscription(end: () => void): Subscription {
  return { dispose: end, [Symbol.dispose]: end };
}
