/**
 * Writes `src/schema/kubernetes-types.json`, facts about the built-in types of Kubernetes, and `src/schema/go-type-names.json`, what Go calls
 * the types of fields in its errors where that does not follow from them; both are read from its Go modules.
 *
 *     go mod download k8s.io/api@v0.34.2 k8s.io/apimachinery@v0.34.2 k8s.io/apiextensions-apiserver@v0.34.2
 *     node scripts/make-kubernetes-types.ts "$(go env GOMODCACHE)/k8s.io" v0.34.2
 *
 * Numbers, types and the markers of lists and maps come from `generated.proto`; the names in JSON, what JSON leaves out, and the
 * tags of the strategic merge patch come from the Go structs. `src/schema/field-facts.ts` describes the format.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface GoField {
  readonly name: string;
  readonly goType: string;
  readonly options: readonly string[];
  readonly patchMergeKey: string | undefined;
  readonly patchStrategy: string | undefined;
}

interface GoStruct {
  readonly hasTypeMeta: boolean;
  /** By field number. */
  readonly fields: ReadonlyMap<number, GoField>;
}

interface ProtoField {
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly shape: 'one' | 'list' | 'map';
  readonly markers: readonly string[];
}

interface ProtoMessage {
  readonly name: string;
  readonly isAtomic: boolean;
  readonly fields: readonly ProtoField[];
}

/** What Go calls the scalars of protobuf. */
const GO_SCALARS: Readonly<Record<string, string>> = {
  string: 'string',
  bool: 'bool',
  int32: 'int32',
  int64: 'int64',
  double: 'float64',
  bytes: '[]uint8',
};

const [modules, version] = process.argv.slice(2);
if (modules === undefined || version === undefined) {
  throw new Error('usage: make-kubernetes-types.ts <folder of the k8s.io modules> <version>');
}
const GROUPS = [
  'admissionregistration/v1',
  'apps/v1',
  'authentication/v1',
  'authorization/v1',
  'autoscaling/v1',
  'autoscaling/v2',
  'batch/v1',
  'certificates/v1',
  'coordination/v1',
  'core/v1',
  'discovery/v1',
  'events/v1',
  'networking/v1',
  'node/v1',
  'policy/v1',
  'rbac/v1',
  'scheduling/v1',
  'storage/v1',
];
const FOLDERS = [
  ...GROUPS.map((group) => join(`api@${version}`, group)),
  ...['apis/meta/v1', 'runtime', 'util/intstr', 'api/resource'].map((path) =>
    join(`apimachinery@${version}/pkg`, path),
  ),
  `apiextensions-apiserver@${version}/pkg/apis/apiextensions/v1`,
];

const packages = FOLDERS.map((folder) => readPackage(join(modules, folder)));
const messages = new Map(
  packages.flatMap(({ name, proto }) => proto.map((message) => [`${name}.${message.name}`, message])),
);
const types = packages.flatMap(({ name, proto, go }) =>
  proto.map(
    (message) =>
      [`${name}.${message.name}`, factsOf({ packageName: name, message, struct: go.get(message.name) })] as const,
  ),
);
const groups = packages.flatMap(({ name, group }) => (group === undefined ? [] : [[name, group] as const]));
const table = { groups: Object.fromEntries<string>(groups), types: Object.fromEntries<string>(types) };
writeFileSync(new URL('../src/schema/kubernetes-types.json', import.meta.url), `${JSON.stringify(table, null, 2)}\n`);
const goTypes = packages.flatMap(({ name, proto, go }) =>
  proto.flatMap((message) => {
    const text = goTypesOf({ packageName: name, message, struct: go.get(message.name) });
    return text === '' ? [] : [[`${name}.${message.name}`, text] as const];
  }),
);
writeFileSync(
  new URL('../src/schema/go-type-names.json', import.meta.url),
  `${JSON.stringify(Object.fromEntries<string>(goTypes), null, 2)}\n`,
);

function readPackage(folder: string) {
  const proto = readFileSync(join(folder, 'generated.proto'), 'utf8');
  const sources = readdirSync(folder)
    .filter((file) => file.endsWith('.go') && !/_test\.go$|^zz_|generated/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const name = shortName(/^package (.*);$/m.exec(proto)?.[1] ?? '');
  const groupName = /^const GroupName = "(.*)"$/m.exec(sources)?.[1];
  const group =
    groupName === undefined ? undefined : `${groupName === '' ? '' : `${groupName}/`}${name.split('.').at(-1)}`;
  return { name, group, proto: readMessages(proto), go: readStructs(sources) };
}

/** `k8s.io.apimachinery.pkg.apis.meta.v1.Time` is `meta.v1.Time`, `k8s.io.apimachinery.pkg.runtime.Unknown` is `runtime.Unknown`. */
function shortName(qualified: string): string {
  return /(?:[^.]+\.v\d[^.]*|[^.]+)(?:\.[A-Z]\w*)?$/.exec(qualified)?.[0] ?? qualified;
}

function readMessages(proto: string): ProtoMessage[] {
  return [...proto.matchAll(/((?:^\/\/.*\n)*)^message (\w+) \{\n([\s\S]*?)^\}/gm)].map(
    ([, comment = '', name = '', body = '']) => ({
      name,
      isAtomic: /^\/\/ \+structType=atomic$/m.test(comment),
      fields: [
        ...body.matchAll(/((?:^ *\/\/.*\n)*)^ +(optional|repeated|map<string,) *([\w.]+)>? (\w+) = (\d+);$/gm),
      ].map(([, comments = '', label, type = '', field = '', number]) => ({
        number: Number(number),
        name: field,
        type: shortName(type),
        shape: label === 'repeated' ? 'list' : label === 'optional' ? 'one' : 'map',
        markers: [...comments.matchAll(/^ *\/\/ *\+(.*)$/gm)].map(([, marker = '']) => marker.trim()),
      })),
    }),
  );
}

function readStructs(sources: string): ReadonlyMap<string, GoStruct> {
  const structs = sources.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm);
  return new Map([...structs].map(([, name = '', body = '']) => [name, readStruct(body)]));
}

function readStruct(body: string): GoStruct {
  const fields = [...body.matchAll(/^\t(?:\w+\s+)?(\S+)\s+`(.*)`/gm)].flatMap(([, goType = '', tags = '']) => {
    const number = /protobuf:"\w+,(\d+)/.exec(tags)?.[1];
    const [name = '', ...options] = (tag(tags, 'json') ?? '').split(',');
    const patch = { patchMergeKey: tag(tags, 'patchMergeKey'), patchStrategy: tag(tags, 'patchStrategy') };
    return number === undefined ? [] : [[Number(number), { name, goType, options, ...patch }] as const];
  });
  return { hasTypeMeta: /^\t(metav1\.|runtime\.)?TypeMeta\s+`json:",inline"`/m.test(body), fields: new Map(fields) };
}

function tag(tags: string, key: string): string | undefined {
  return new RegExp(`(?:^| )${key}:"([^"]*)"`).exec(tags)?.[1];
}

function factsOf({
  packageName,
  message,
  struct,
}: {
  packageName: string;
  message: ProtoMessage;
  struct: GoStruct | undefined;
}): string {
  const own = message.fields.map((field) => factOf({ packageName, field, go: struct?.fields.get(field.number) }));
  return [...(struct?.hasTypeMeta ? ['0 typeMeta meta.v1.TypeMeta inline'] : []), ...own].join('; ');
}

function factOf({
  packageName,
  field,
  go,
}: {
  packageName: string;
  field: ProtoField;
  go: GoField | undefined;
}): string {
  const { shape, markers } = field;
  const full = /^[A-Z]\w*$/.test(field.type) ? `${packageName}.${field.type}` : field.type;
  const type = shape === 'list' ? `[${field.type}]` : shape === 'map' ? `{${field.type}}` : field.type;
  const value = (marker: string) => markers.find((text) => text.startsWith(`${marker}=`))?.slice(marker.length + 1);
  const keys = markers.filter((text) => text.startsWith('listMapKey=')).map((text) => text.slice('listMapKey='.length));
  const isInline = go?.options.includes('inline') ?? false;
  const ofType = shape === 'one' && messages.get(full)?.isAtomic ? 'atomic' : undefined;
  const isAtomic = (value('mapType') ?? value('structType') ?? ofType) === 'atomic';
  const flags = [
    isInline ? 'inline' : undefined,
    go && !isInline && !go.options.includes('omitempty') ? 'always' : undefined,
    go?.options.includes('omitzero') ? 'omitzero' : undefined,
    go?.patchStrategy ? `patch=${go.patchStrategy}` : undefined,
    go?.patchMergeKey ? `key=${go.patchMergeKey}` : undefined,
    shape === 'list' && value('listType') !== undefined ? `list=${[value('listType'), ...keys].join(',')}` : undefined,
    isAtomic ? 'atomic' : undefined,
  ];
  const name = go === undefined || ['', '-'].includes(go.name) ? field.name : go.name;
  return [
    field.number,
    name,
    `${go?.goType.startsWith('*') ? '*' : ''}${type}`,
    ...flags.filter((flag) => flag !== undefined),
  ].join(' ');
}

/** The fields whose type Go calls otherwise than the table does, each with its name in JSON. */
function goTypesOf(options: { packageName: string; message: ProtoMessage; struct: GoStruct | undefined }): string {
  const { packageName, message, struct } = options;
  const goPackage = packageName.split('.').at(-1) ?? '';
  return message.fields
    .flatMap(({ number, name, type, shape }) => {
      const go = struct?.fields.get(number);
      if (go === undefined || go.options.includes('inline')) return [];
      const bare =
        GO_SCALARS[type] ?? (type.includes('.') ? type.split('.').slice(-2).join('.') : `${goPackage}.${type}`);
      const derived = shape === 'list' ? `[]${bare}` : shape === 'map' ? `map[string]${bare}` : bare;
      const called = goName(go.goType, goPackage);
      return called === derived ? [] : [`${['', '-'].includes(go.name) ? name : go.name} ${called}`];
    })
    .join('; ');
}

/** A type as Go's errors name it: with the package that declares it, without the pointer. */
function goName(goType: string, goPackage: string): string {
  return goType
    .replace(/^\*/, '')
    .replace(/\b(?:apiv1|metav1|corev1|api\.v1|core\.v1)\./g, 'v1.')
    .replace(/\bbyte\b/g, 'uint8')
    .replace(/(^|[\]*])([A-Z]\w*)/g, `$1${goPackage}.$2`)
    .replace(/\[([A-Z]\w*)\]/g, `[${goPackage}.$1]`);
}
