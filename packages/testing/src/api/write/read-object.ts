import type { IncomingMessage } from 'node:http';
import { StatusError } from '../../errors/status-error.ts';
import { badRequest } from '../../errors/statuses.ts';
import { readBody } from '../../http/read-body.ts';
import { requireShallow } from '../../patch/require-shallow.ts';
import { decodeObject, PROTOBUF_MEDIA_TYPE } from '../../protobuf/decode-object.ts';
import type { TypeKnowledge } from '../type-knowledge.ts';

/** The kind that a request expects in its body. */
export interface ExpectedKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** An object as a body says it: nothing but its being an object is known. */
export type RawObject = Readonly<Record<string, unknown>>;

const YAML_TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml'];

/**
 * Reads the object in a body: JSON, YAML or protobuf.
 *
 * @returns `undefined` when there is no body
 * @throws StatusError 400 for what is no object, or one of another kind, 413, 415.
 */
export async function readObject(options: {
  readonly request: IncomingMessage;
  readonly types: TypeKnowledge;
  readonly expected: ExpectedKind;
  /** Take the kind of any group, as `DeleteOptions` comes in. @default false */
  readonly anyVersion?: boolean;
}): Promise<RawObject | undefined> {
  const { request, types, expected, anyVersion = false } = options;
  const body = await readBody(request);
  if (body.length === 0) return undefined;
  const mediaType = mediaTypeOf(request);
  if (mediaType === PROTOBUF_MEDIA_TYPE) {
    return ofKind(decodeObject({ body, types: await types.protobuf(), expected }), expected, anyVersion);
  }
  if (mediaType !== 'application/json' && !YAML_TYPES.includes(mediaType)) throw unknownFormat();
  return ofKind(await parseText({ body, isYaml: mediaType !== 'application/json', expected }), expected, anyVersion);
}

/** The same for a request that needs a body. @throws StatusError 400 without one. */
export async function requireObject(options: Parameters<typeof readObject>[0]): Promise<RawObject> {
  const object = await readObject(options);
  if (object) return object;
  const what = `the object provided is unrecognized (must be of type ${options.expected.kind})`;
  throw badRequest(`${what}: couldn't get version/kind; json parse error: unexpected end of JSON input ()`);
}

/** The media type of a body, without parameters; JSON when there is none. */
export function mediaTypeOf(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** Parses JSON or YAML. @throws StatusError 400 for anything but one object, unless it may be any value, as a JSON patch is a list. */
export async function parseText(options: {
  readonly body: Buffer;
  readonly isYaml: boolean;
  readonly expected: ExpectedKind;
  /** @default false */
  readonly anyValue?: boolean;
}): Promise<RawObject> {
  const { body, isYaml, expected, anyValue = false } = options;
  const text = body.toString('utf8');
  let value: unknown;
  try {
    value = isYaml ? await parseYamlOrJson(text) : JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const what = `the object provided is unrecognized (must be of type ${expected.kind})`;
    throw badRequest(`${what}: couldn't get version/kind; ${isYaml ? 'yaml' : 'json'} parse error: ${reason}`);
  }
  requireShallow(value);
  if (!anyValue && (typeof value !== 'object' || value === null || Array.isArray(value))) {
    throw badRequest(`the object provided is unrecognized (must be of type ${expected.kind}): it is no object`);
  }
  return value as RawObject;
}

/** Most YAML that programs send is JSON, which is much faster to read. */
async function parseYamlOrJson(text: string): Promise<unknown> {
  if (text.trimStart().startsWith('{')) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      // Then it is a flow mapping of YAML, or a mistake that the YAML parser names.
    }
  }
  const { parseYaml } = await import('../../documents/yaml.ts');
  return parseYaml(text);
}

/** The object with its kind; one that says another kind is refused. */
function ofKind(object: RawObject, expected: ExpectedKind, anyVersion: boolean): RawObject {
  const { apiVersion = expected.apiVersion, kind = expected.kind } = object;
  if (kind === expected.kind && (anyVersion || apiVersion === expected.apiVersion))
    return { ...object, apiVersion, kind };
  if (kind === expected.kind) {
    const both = `(${String(apiVersion)}) does not match the expected API version (${expected.apiVersion})`;
    throw badRequest(`the API version in the data ${both}`);
  }
  const version = String(apiVersion).split('/').at(-1) ?? '';
  const problem = `${String(kind)} in version "${version}" cannot be handled as a ${expected.kind}`;
  throw badRequest(`${problem}: the kinds do not match`);
}

function unknownFormat(): StatusError {
  const accepted = `application/json, application/yaml, ${PROTOBUF_MEDIA_TYPE}`;
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted}`;
  return new StatusError({ code: 415, reason: 'UnsupportedMediaType', message });
}
