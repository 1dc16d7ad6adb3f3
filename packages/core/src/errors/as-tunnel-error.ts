import { KforgeError } from './kforge-error.ts';
import { TunnelClosedError } from './transport-errors.ts';

/** An error of the way to the pod as one of kforge's: what is none yet becomes the cause of a {@link TunnelClosedError}. */
export function asTunnelError(error: unknown): KforgeError {
  return KforgeError.is(error) ? error : new TunnelClosedError({ message: 'No tunnel could be opened', cause: error });
}
