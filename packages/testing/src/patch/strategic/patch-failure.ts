import { StatusError } from '../../errors/status-error.ts';
import { isList, isObject, type JsonObject, ownField } from '../json-value.ts';

/** 500, as a real server answers a strategic merge patch that contradicts the schema or itself. */
export function patchFailure(message: string): StatusError {
  return new StatusError({ code: 500, reason: 'InternalError', message });
}

/** 500: an item of a list that is merged by a key has no such key. */
export function noMergeKey({ item, mergeKey }: { item: JsonObject; mergeKey: string }): StatusError {
  return patchFailure(`map: ${goText(item)} does not contain declared merge key: ${mergeKey}`);
}

/** 500: `$patch` has a value that means nothing here. */
export function unknownDirective({ directive, patch }: { directive: unknown; patch: JsonObject }): StatusError {
  return patchFailure(`unknown patch type: ${goText(directive)} in map: ${goText(patch)}`);
}

/** 500: the patch has no list where the schema or an instruction demands one. */
export function notAList(value: unknown): StatusError {
  const found = isObject(value) ? 'map[string]interface {}' : typeof value;
  return patchFailure(`expected a []interface {}, but received a ${found}`);
}

/** A value as Go prints it with `%v`, which the texts of a real server contain. */
export function goText(value: unknown): string {
  if (value === null) return '<nil>';
  if (isList(value)) return `[${value.map(goText).join(' ')}]`;
  if (!isObject(value)) return typeof value === 'string' ? value : JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `map[${names.map((name) => `${name}:${goText(ownField(value, name) ?? null)}`).join(' ')}]`;
}
