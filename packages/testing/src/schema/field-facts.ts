/** What `kubernetes-types.json` says about one field of one message. */
export interface FieldFacts {
  /** The number in protobuf; 0 for `kind` and `apiVersion` of a whole object, which protobuf carries outside of it. */
  readonly number: number;
  /** The name in JSON. */
  readonly name: string;
  /** A message with its package, such as `core.v1.Container`, or a scalar of protobuf. */
  readonly type: string;
  readonly shape: 'one' | 'list' | 'map';
  /** A pointer in Go: JSON has the field whenever it is set, be it to zero. */
  readonly isPointer: boolean;
  /** JSON has the fields of the message in place of the field. */
  readonly isInline: boolean;
  /** Without `omitempty` in Go: JSON has the field even if it is empty. */
  readonly isAlways: boolean;
  /** With `omitzero` in Go: JSON leaves even a message out if it is empty. */
  readonly isOmittedZero: boolean;
  readonly patchStrategy: readonly string[] | undefined;
  readonly patchMergeKey: string | undefined;
  /** The type of the list, then its keys. */
  readonly list: readonly string[] | undefined;
  readonly isAtomic: boolean;
}

/**
 * Reads the fields of a message as `kubernetes-types.json` writes them: parted by `; `, and each of them a number, a name, a type
 * (`*T` a pointer, `[T]` a list, `{T}` a map from strings; a message of the same package goes without its package), then any of
 * `inline`, `always`, `omitzero`, `atomic`, `patch=<strategies>`, `key=<patchMergeKey>`, `list=<listType>,<listMapKeys>`.
 *
 * @throws Error for text in another form.
 */
export function readFieldFacts({ text, packageName }: { text: string; packageName: string }): readonly FieldFacts[] {
  if (text === '') return [];
  return text.split('; ').map((field) => readField({ field, packageName }));
}

function readField({ field, packageName }: { field: string; packageName: string }): FieldFacts {
  const [number, name, written, ...flags] = field.split(' ');
  const [, pointer, open, bare] = /^(\*?)([[{]?)([\w.]+)[\]}]?$/.exec(written ?? '') ?? [];
  if (number === undefined || name === undefined || bare === undefined)
    throw new Error(`no facts of a field: ${field}`);
  const flagValue = (key: string) => flags.find((flag) => flag.startsWith(`${key}=`))?.slice(key.length + 1);
  return {
    number: Number(number),
    name,
    type: /^[A-Z]\w*$/.test(bare) ? `${packageName}.${bare}` : bare,
    shape: open === '[' ? 'list' : open === '{' ? 'map' : 'one',
    isPointer: pointer === '*',
    isInline: flags.includes('inline'),
    isAlways: flags.includes('always'),
    isOmittedZero: flags.includes('omitzero'),
    patchStrategy: flagValue('patch')?.split(','),
    patchMergeKey: flagValue('key'),
    list: flagValue('list')?.split(','),
    isAtomic: flags.includes('atomic'),
  };
}
