import { StatusError } from './status-error.ts';

/** What a request is about, for the wording of an error. */
export interface Subject {
  /** The API group; empty for the core group. */
  readonly group: string;
  /** The plural name of the resource, such as `pods`. */
  readonly resource: string;
  readonly name: string;
}

function qualified({ resource, group }: { resource: string; group: string }): string {
  return group === '' ? resource : `${resource}.${group}`;
}

function detailsOf({ name, group, resource }: Subject) {
  return { name, ...(group === '' ? {} : { group }), kind: resource };
}

/** 404: `pods "web" not found`. */
export function notFound(subject: Subject): StatusError {
  const message = `${qualified(subject)} "${subject.name}" not found`;
  return new StatusError({ code: 404, reason: 'NotFound', message, details: detailsOf(subject) });
}

/** 404: the path names no resource of this server. */
export function unknownResource(): StatusError {
  const message = 'the server could not find the requested resource';
  return new StatusError({ code: 404, reason: 'NotFound', message, details: {} });
}

/** 409: `pods "web" already exists`. */
export function alreadyExists(subject: Subject): StatusError {
  const message = `${qualified(subject)} "${subject.name}" already exists`;
  return new StatusError({ code: 409, reason: 'AlreadyExists', message, details: detailsOf(subject) });
}

/** 400 with a sentence. */
export function badRequest(message: string): StatusError {
  return new StatusError({ code: 400, reason: 'BadRequest', message });
}

/** 401: no accepted credentials came with the request. */
export function unauthorized(): StatusError {
  return new StatusError({ code: 401, reason: 'Unauthorized', message: 'Unauthorized' });
}

/** 405: this cannot be done here. */
export function methodNotAllowed(
  message = 'the server does not allow this method on the requested resource',
): StatusError {
  return new StatusError({ code: 405, reason: 'MethodNotAllowed', message, details: {} });
}

/** 410: the history does not reach back to the resource version that a watch asks for. */
export function expired({ asked, oldest }: { asked: number; oldest: number }): StatusError {
  return new StatusError({ code: 410, reason: 'Expired', message: `too old resource version: ${asked} (${oldest})` });
}
