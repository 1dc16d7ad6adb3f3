import { StatusError } from './status-error.ts';

/** Who wanted to do what, for the wording of a 403. */
export interface ForbiddenAttempt {
  readonly user: string;
  readonly verb: string;
  readonly group: string;
  /** The plural name of the resource. */
  readonly resource: string;
  readonly subresource: string | undefined;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  /** What the rules say to that, for the end of the message. @default nothing */
  readonly because?: string | undefined;
}

/** 403: `pods "web" is forbidden: User "dev" cannot get resource "pods" in API group "" in the namespace "default"`. */
export function forbidden(attempt: ForbiddenAttempt): StatusError {
  const { user, verb, group, resource, subresource, namespace, name } = attempt;
  const what = `${resource}${group === '' ? '' : `.${group}`}${name === undefined ? '' : ` "${name}"`}`;
  const path = subresource === undefined ? resource : `${resource}/${subresource}`;
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  return new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: `${what} is forbidden: User "${user}" cannot ${verb} resource "${path}" in API group "${group}" ${where}${suffix(attempt.because)}`,
    details: { ...(name === undefined ? {} : { name }), ...(group === '' ? {} : { group }), kind: resource },
  });
}

/** 403: `forbidden: User "dev" cannot get path "/metrics"`. */
export function forbiddenPath(attempt: {
  readonly user: string;
  readonly verb: string;
  readonly path: string;
  readonly because?: string | undefined;
}): StatusError {
  const { user, verb, path, because } = attempt;
  const message = `forbidden: User "${user}" cannot ${verb} path "${path}"${suffix(because)}`;
  return new StatusError({ code: 403, reason: 'Forbidden', message, details: {} });
}

function suffix(because: string | undefined): string {
  return because === undefined || because === '' ? '' : `: ${because}`;
}

/** 406: the client accepts none of the media types that the server can answer with. */
export function notAcceptable(offered: readonly string[]): StatusError {
  const message = `only the following media types are accepted: ${offered.join(', ')}`;
  return new StatusError({ code: 406, reason: 'NotAcceptable', message });
}

/** 414: the path and query are longer than the server reads. */
export function urlTooLong(limitBytes: number): StatusError {
  return new StatusError({
    code: 414,
    reason: 'RequestURITooLong',
    message: `the URL is longer than ${limitBytes} bytes`,
  });
}

/** 415: the server cannot read the body. */
export function unsupportedMediaType(mediaType: string): StatusError {
  const message = `the simulated server cannot read a body of the media type "${mediaType}" here`;
  return new StatusError({ code: 415, reason: 'UnsupportedMediaType', message });
}

/** 501: a real server does this; the simulated one does not. */
export function notImplemented(what: string): StatusError {
  const message = `the simulated server does not implement ${what}`;
  return new StatusError({ code: 501, reason: 'NotImplemented', message });
}

/** 504: a list or a watch asks for a resource version that does not exist yet. */
export function tooLargeVersion({ asked, current }: { asked: number; current: number }): StatusError {
  const message = `Too large resource version: ${asked}, current: ${current}`;
  return new StatusError({ code: 504, reason: 'Timeout', message });
}
