import { forbidden } from '../../errors/refusals.ts';
import { StatusError } from '../../errors/status-error.ts';
import { notFound, unauthorized, unknownResource } from '../../errors/statuses.ts';
import type { RequestFacts } from './request-match.ts';

/** What a request is to be answered with. */
export interface FailureAnswer {
  /** An HTTP status from 400 to 599. */
  readonly status: number;
  /** @default what a real server says with this status */
  readonly message?: string | undefined;
  /** For the header `Retry-After` and the field of the same name. @default 1 with a status of 429, else none */
  readonly retryAfterSeconds?: number | undefined;
}

/** @returns the status @throws RangeError unless it is an HTTP status from 400 to 599. */
export function requireFailure(status: number): number {
  if (Number.isInteger(status) && status >= 400 && status <= 599) return status;
  throw new RangeError(`A failure needs an HTTP status from 400 to 599, not ${status}`);
}

/** The answer as the error that the server makes a `Status` of. */
export function failureAnswer({ status, message, retryAfterSeconds }: FailureAnswer, facts: RequestFacts): StatusError {
  const usual = usualAnswer(status, facts);
  const retry = retryAfterSeconds ?? (status === 429 ? 1 : undefined);
  if (message === undefined && retry === undefined) return usual;
  const { details } = usual.toStatus();
  return new StatusError({
    code: status,
    reason: usual.reason,
    message: message ?? usual.message,
    ...((details || retry !== undefined) && {
      details: { ...details, ...(retry !== undefined && { retryAfterSeconds: retry }) },
    }),
  });
}

function usualAnswer(status: number, facts: RequestFacts): StatusError {
  const { verb = facts.method.toLowerCase(), group = '', resource, subresource, namespace, name, user = '' } = facts;
  switch (status) {
    case 401:
      return unauthorized();
    case 403:
      if (resource !== undefined) return forbidden({ user, verb, group, resource, subresource, namespace, name });
      return new StatusError({
        code: 403,
        reason: 'Forbidden',
        message: `forbidden: User "${user}" cannot ${verb} path "${facts.path}"`,
      });
    case 404:
      return resource === undefined || name === undefined ? unknownResource() : notFound({ group, resource, name });
    case 409:
      return conflict({ group, resource, name });
    default: {
      const [reason, message] = USUAL[status] ?? ['Unknown', 'an error on the server has prevented the request'];
      return new StatusError({ code: status, reason, message });
    }
  }
}

function conflict(about: { group: string; resource: string | undefined; name: string | undefined }): StatusError {
  const { group, resource = '', name = '' } = about;
  const what = `${resource}${group === '' ? '' : `.${group}`} "${name}"`;
  const why = 'the object has been modified; please apply your changes to the latest version and try again';
  return new StatusError({
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ${what}: ${why}`,
    details: { ...(name !== '' && { name }), ...(group !== '' && { group }), kind: resource },
  });
}

const USUAL: Readonly<Record<number, readonly [reason: string, message: string]>> = {
  400: ['BadRequest', 'the server rejected our request for an unknown reason'],
  405: ['MethodNotAllowed', 'the server does not allow this method on the requested resource'],
  410: ['Expired', 'The resourceVersion for the provided list is too old.'],
  413: ['RequestEntityTooLarge', 'Request entity too large: limit is 3145728'],
  429: ['TooManyRequests', 'Too many requests, please try again later.'],
  500: ['InternalError', 'Internal error occurred: etcdserver: request timed out'],
  501: ['NotImplemented', 'the server does not implement this'],
  502: ['InternalError', 'error trying to reach service: dial tcp 10.96.0.1:443: connect: connection refused'],
  503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
  504: ['Timeout', 'Timeout: request did not complete within the allotted timeout'],
};
