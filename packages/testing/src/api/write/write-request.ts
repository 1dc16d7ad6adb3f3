import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ResourceKind } from '../../state/resource-kind.ts';
import type { ApiContext } from '../api-context.ts';

/** A request that changes objects, past authentication and authorization. */
export interface WriteRequest {
  readonly context: ApiContext;
  readonly kind: ResourceKind;
  readonly subresource: string | undefined;
  readonly namespace: string | undefined;
  readonly query: URLSearchParams;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** A request about one object by its name. */
export interface NamedWriteRequest extends WriteRequest {
  readonly name: string;
  /** For requests that may turn out to make the object. @throws StatusError 403 when the sender may not. */
  readonly requireCreate: () => void;
}
