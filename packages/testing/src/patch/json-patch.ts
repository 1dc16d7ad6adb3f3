import { applyPatch, type Operation, Pointer } from 'rfc6902';
import { StatusError } from '../errors/status-error.ts';
import { badRequest } from '../errors/statuses.ts';
import { isList, isObject, type JsonObject, jsonTypeName, ownField } from './json-value.ts';
import { requireShallow } from './require-shallow.ts';

const LARGEST_PATCH = 10_000;
const LONGEST_PATH = 1000;
const MOST_COPIED = 3 * 1024 * 1024;
const FORBIDDEN_TOKENS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Applies a JSON patch (RFC 6902) of at most 10,000 operations, as many as a real API server takes. All of them may copy and move
 * 3 Mi characters of JSON; locations and the result are at most 1000 levels deep.
 *
 * A location of which an inner part is named `__proto__`, `constructor` or `prototype` does not exist.
 *
 * @throws StatusError 400 when the patch is no list of operations or nested too deep, 413 when it is too long, 422 when an operation
 *   fails
 */
export function applyJsonPatch({ object, patch }: { object: JsonObject; patch: unknown }): JsonObject {
  requireShallow(patch);
  const operations = parseOperations(patch);
  const document = structuredClone(object);
  let copied = 0;
  for (const operation of operations) {
    copied += copiedLength(document, operation);
    if (copied > MOST_COPIED) throw rejected();
    applyOperation(document, operation);
  }
  requireShallow(document);
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

/** Copies within the document would let it grow without end. */
function copiedLength(document: JsonObject, operation: JsonObject): number {
  const op = ownField(operation, 'op');
  if (op !== 'copy' && op !== 'move') return 0;
  const value = valueAt(document, tokensOf(ownField(operation, 'from')));
  requireShallow(value);
  return value === undefined ? 0 : JSON.stringify(value).length;
}

/** Changes the document. */
function applyOperation(document: JsonObject, operation: JsonObject): void {
  const op = ownField(operation, 'op');
  const path = tokensOf(ownField(operation, 'path'));
  requireParent(document, path);
  const isNew = valueAt(document, path) === undefined;
  // A real server lets a field be replaced that is not there, and takes it for null in a test.
  if (op === 'test' && isNew && ownField(operation, 'value') === null) return;
  if (op === 'remove') requireValue(document, path);
  if (op === 'move' || op === 'copy') {
    const from = tokensOf(ownField(operation, 'from'));
    requireParent(document, from);
    requireValue(document, from);
  }
  const step = op === 'replace' && isNew ? { ...operation, op: 'add' } : operation;
  // The library checks the names of operations and their members, which the type takes for granted.
  const [failure] = applyPatch(document, [step as unknown as Operation]);
  if (failure !== null) throw rejected();
}

function tokensOf(path: unknown): readonly string[] {
  if (typeof path !== 'string' || !path.startsWith('/')) throw rejected();
  const tokens = Pointer.fromJSON(path).tokens.slice(1);
  if (tokens.length > LONGEST_PATH) throw rejected();
  return tokens;
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
