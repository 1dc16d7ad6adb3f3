import { type FieldFacts, readFieldFacts } from './field-facts.ts';

/** Every version of an API group knows these kinds (`AddToGroupVersion` of k8s.io/apimachinery), be it a built-in group or not. */
const OPTIONS = new Set([
  'CreateOptions',
  'DeleteOptions',
  'GetOptions',
  'ListOptions',
  'PatchOptions',
  'UpdateOptions',
]);
/** The same function registers these for `v1` alone. */
const UNVERSIONED = new Set(['APIGroup', 'APIGroupList', 'APIResourceList', 'APIVersions', 'Status']);

/** The Go types of the scalars of protobuf, where they have another name. */
const GO_SCALARS: Readonly<Record<string, string>> = { bytes: '[]uint8', double: 'float64' };

/** `kubernetes-types.json` as it is written, with `go-type-names.json`. */
export interface WrittenTypes {
  /** The `apiVersion` of a package, such as `apps/v1` of `apps.v1`. */
  readonly groups: Readonly<Record<string, string>>;
  /** The fields of each message, in the form that {@link readFieldFacts} reads. */
  readonly types: Readonly<Record<string, string>>;
  /** By message: the fields whose type in Go has a name of its own, each with that name, parted by `; `. */
  readonly goTypes: Readonly<Record<string, string>>;
}

/** Facts about the messages of the built-in API groups; reads each message when it is first asked for. */
export class TypeTable {
  readonly #written: ReadonlyMap<string, string>;
  readonly #packages: ReadonlyMap<string, string>;
  readonly #goTypes: ReadonlyMap<string, string>;
  readonly #read = new Map<string, readonly FieldFacts[]>();

  constructor({ groups, types, goTypes }: WrittenTypes) {
    this.#written = new Map(Object.entries(types));
    this.#goTypes = new Map(Object.entries(goTypes));
    this.#packages = new Map(Object.entries(groups).map(([packageName, apiVersion]) => [apiVersion, packageName]));
  }

  /** The names of all messages, such as `core.v1.Container`. */
  get names(): readonly string[] {
    return [...this.#written.keys()];
  }

  /** The fields of a message in the order of Go's struct, embedded messages as fields; `undefined` for a scalar or an unknown name. */
  fieldsOf(name: string): readonly FieldFacts[] | undefined {
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const text = this.#written.get(name);
    if (text === undefined) return undefined;
    const fields = readFieldFacts({ text, packageName: name.slice(0, name.lastIndexOf('.')) });
    this.#read.set(name, fields);
    return fields;
  }

  /** The type of a message's field in Go, as its errors name it: `map[string]string`, `v1.ResourceList`. */
  goTypeOf(message: string, { name, type, shape }: FieldFacts): string {
    const named = this.#goTypes.get(message)?.split('; ');
    const own = named?.find((text) => text.startsWith(`${name} `))?.slice(name.length + 1);
    if (own !== undefined) return own;
    // `core.v1.Pod` is `v1.Pod` there.
    const bare = GO_SCALARS[type] ?? type.split('.').slice(-2).join('.');
    return shape === 'list' ? `[]${bare}` : shape === 'map' ? `map[string]${bare}` : bare;
  }

  /** The message of a kind: `core.v1.Pod` of `v1` and `Pod`; `undefined` for a kind that is not built in. */
  nameOfKind({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string | undefined {
    const isMeta = OPTIONS.has(kind) || (apiVersion === 'v1' && UNVERSIONED.has(kind));
    const packageName = isMeta ? 'meta.v1' : this.#packages.get(apiVersion);
    const name = `${packageName}.${kind}`;
    const isKind = this.fieldsOf(name)?.some(({ number }) => number === 0) ?? false;
    return isKind ? name : undefined;
  }
}

/**
 * Loads the table, which takes some milliseconds: the caller keeps it, and asks when it first needs it.
 */
export async function loadTypeTable(): Promise<TypeTable> {
  const [{ default: written }, { default: goTypes }] = await Promise.all([
    import('./kubernetes-types.json', { with: { type: 'json' } }),
    import('./go-type-names.json', { with: { type: 'json' } }),
  ]);
  return new TypeTable({ ...written, goTypes });
}
