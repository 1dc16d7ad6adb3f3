import { isObject, type JsonObject } from '../json-value.ts';
import { type FieldNode, FieldSet } from './field-set.ts';
import { type PathElement, parseElement } from './path-element.ts';

/** A set of fields in the form of `fieldsV1`: steps as nested names, `.` for a step that is in the set and has others below. */
export function encodeFields(fields: FieldSet): JsonObject {
  return Object.fromEntries(
    fields.sortedNodes().map(([element, { isMember, children }]) => {
      const below = encodeFields(children);
      return [element, isMember && !children.isEmpty ? { '.': {}, ...below } : below];
    }),
  );
}

/**
 * Reads `fieldsV1`; steps of a kind that the server does not know are left out.
 *
 * @throws SyntaxError when it is not an object of objects, or a step is malformed
 */
export function decodeFields(value: unknown): FieldSet {
  if (!isObject(value)) throw new SyntaxError('fieldsV1 must consist of objects');
  const nodes = new Map<PathElement, FieldNode>();
  for (const [text, below] of Object.entries(value)) {
    const element = text === '.' ? undefined : parseElement(text);
    if (element === undefined || !isObject(below)) continue;
    const children = decodeFields(below);
    nodes.set(element, { isMember: Object.hasOwn(below, '.') || children.isEmpty, children });
  }
  return new FieldSet(nodes);
}
