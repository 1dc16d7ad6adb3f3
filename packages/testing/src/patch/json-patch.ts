import { applyPatch, type Operation, Pointer } from 'rfc6902';
import { StatusError } from '../errors/status-error.ts';
import { badRequest } from '../errors/statuses.ts';
import { isList, isObject, type JsonObject, jsonTypeName, ownField } from './json-value.ts';
import { requireShallow } from './require-shallow.ts';

const LARGEST_PATCH = 10_000;
const FORBIDDEN_TOKENS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Applies a JSON patch (RFC 6902) of at most 10,000 operations, as many as a real API server takes.
 *
 * A location of which an inner part is named `__proto__`, `constructor` or `prototype` does not exist.
 *
 * @throws StatusError 400 when the patch is no list of operations, 413 when it is too long, 422 when an operation fails
 */
export function applyJsonPatch({ object, patch }: { object: JsonObject; patch: unknown }): JsonObject {
  requireShallow(patch);
  const operations = parseOperations(patch);
  let document: unknown = structuredClone(object);
  for (const operation of operations) document = applyOperation(document, operation);
  if (!isObject(document)) throw rejected();
  return document;
}

function parseOperations(patch: unknown): readonly JsonObject[] {
  if (patch === null) return [];
  if (!isList(patch)) throw undecodable(patch, '[]handlers.jsonPatchOp');
  if (patch.length > LARGEST_PATCH) throw tooLong(patch.length);
  return patch.map((operation) => {
    if (!isObject(operation)) throw undecodable(operation, 'handlers.jsonPatchOp');
    return operation;
  });
}

/** Answers the document after the operation; the document given is changed. */
function applyOperation(document: unknown, operation: JsonObject): unknown {
  const op = ownField(operation, 'op');
  const path = tokensOf(ownField(operation, 'path'));
  requireParent(document, path);
  const isNew = valueAt(document, path) === undefined;
  // A real server lets a field be replaced that is not there, and takes it for null in a test.
  if (op === 'replace' && isNew) return applyOperation(document, { ...operation, op: 'add' });
  if (op === 'test' && isNew && ownField(operation, 'value') === null) return document;
  if (op === 'remove') requireValue(document, path);
  if (op === 'move' || op === 'copy') {
    const from = tokensOf(ownField(operation, 'from'));
    requireParent(document, from);
    requireValue(document, from);
  }
  const target = document as object;
  // The library checks the names of operations and their members, which the type takes for granted.
  const [failure] = applyPatch(target, [operation as unknown as Operation]);
  if (failure !== null) throw rejected();
  return document;
}

function tokensOf(path: unknown): readonly string[] {
  if (typeof path !== 'string' || !path.startsWith('/')) throw rejected();
  return Pointer.fromJSON(path).tokens.slice(1);
}

/** The library looks fields up along the prototypes and would write to built-in functions, so what it walks is checked first. */
function requireParent(document: unknown, tokens: readonly string[]): void {
  if (tokens.slice(0, -1).some((token) => FORBIDDEN_TOKENS.has(token))) throw rejected();
  const parent = valueAt(document, tokens.slice(0, -1));
  const last = tokens.at(-1) ?? '';
  if (last === '__proto__') throw rejected();
  if (!isObject(parent) && !(isList(parent) && isIndex(last))) throw rejected();
}

function requireValue(document: unknown, tokens: readonly string[]): void {
  if (valueAt(document, tokens) === undefined) throw rejected();
}

function valueAt(document: unknown, tokens: readonly string[]): unknown {
  let value: unknown = document;
  for (const token of tokens) {
    if (isList(value) && isIndex(token)) value = value[Number(token)];
    else if (isObject(value)) value = ownField(value, token);
    else return undefined;
  }
  return value;
}

function isIndex(token: string): boolean {
  return token === '-' || /^(0|[1-9]\d*)$/.test(token);
}

function rejected(): StatusError {
  const message = 'the server rejected our request due to an error in our request';
  return new StatusError({ code: 422, reason: 'Invalid', message, details: {} });
}

function undecodable(value: unknown, type: string): StatusError {
  return badRequest(
    `error decoding patch: json: cannot unmarshal ${jsonTypeName(value)} into Go value of type ${type}`,
  );
}

function tooLong(length: number): StatusError {
  const message = `Request entity too large: The allowed maximum operations in a JSON patch is ${LARGEST_PATCH}, got ${length}`;
  return new StatusError({ code: 413, reason: 'RequestEntityTooLarge', message });
}
