/** One patch to an object on the server, after those before it. */
export interface PatchStep {
  readonly type: 'json' | 'merge' | 'strategic' | 'apply';
  readonly patch: unknown;
  /** @default 'patcher' */
  readonly manager?: string;
  readonly force?: boolean;
  readonly subresource?: string;
}

/** An object, and what happens to it. */
export interface PatchCase {
  readonly title: string;
  /** Created before the steps; absent: the first step applies it. */
  readonly object?: Readonly<Record<string, unknown>>;
  /** Who creates the object. @default 'kubectl-create' */
  readonly creator?: string;
  readonly resource:
    | 'deployments'
    | 'services'
    | 'configmaps'
    | 'podtemplates'
    | 'serviceaccounts'
    | 'roles'
    | 'widgets';
  readonly steps: readonly PatchStep[];
}

const deployment = (spec: object = {}, podSpec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'subject', labels: { app: 'web', tier: 'front' }, annotations: { note: 'a' } },
  spec: {
    replicas: 0,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'nginx:1', env: [{ name: 'A', value: '1' }] }], ...podSpec },
    },
    ...spec,
  },
});

const podSpecPatch = (spec: object, metadata: object = {}) => ({ spec: { template: { metadata, spec } } });

const podTemplate = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'PodTemplate',
  metadata: { name: 'subject', finalizers: ['test.kforge/one', 'test.kforge/two'] },
  template: { metadata: { labels: { a: 'b' } }, spec },
});

const threeContainers = {
  containers: [
    { name: 'a', image: 'a:1' },
    { name: 'b', image: 'b:1', ports: [{ containerPort: 80 }, { containerPort: 53, protocol: 'UDP', name: 'dns' }] },
    { name: 'c', image: 'c:1', command: ['run', 'it'] },
  ],
  volumes: [
    { name: 'data', emptyDir: {} },
    { name: 'conf', configMap: { name: 'conf' } },
  ],
  tolerations: [{ key: 'x', operator: 'Exists' }],
};

const service = (ports: readonly object[]) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'subject' },
  spec: { selector: { app: 'web' }, ports },
});

const configMap = (data: object, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'subject', ...metadata },
  data,
});

const widget = (spec: object) => ({
  apiVersion: 'patch-test.kforge/v1',
  kind: 'Widget',
  metadata: { name: 'subject' },
  spec,
});

const template = (spec: object, metadata: object = {}) => ({ metadata, template: { spec } });
const applied = (object: object, manager = 'first', force = false): PatchStep => ({
  type: 'apply',
  patch: object,
  manager,
  force,
});
const applyTemplate = (spec: object, manager = 'first', force = false): PatchStep =>
  applied({ apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'subject' }, template: { spec } }, manager, force);

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const lastApplied = (data: object) =>
  `${JSON.stringify({ apiVersion: 'v1', data, kind: 'ConfigMap', metadata: { name: 'subject' } })}\n`;

const condition = (type: string, status: string) => ({
  type,
  status,
  reason: 'Because',
  message: 'so',
  lastTransitionTime: '2026-01-01T00:00:00Z',
});

/** Objects and patches of all four types. */
export const PATCH_CASES: readonly PatchCase[] = [
  {
    title: 'strategic: an image is set, a container added and one removed',
    resource: 'deployments',
    object: deployment(),
    steps: [
      { type: 'strategic', patch: podSpecPatch({ containers: [{ name: 'web', image: 'nginx:2' }] }) },
      { type: 'strategic', patch: podSpecPatch({ containers: [{ name: 'side', image: 'side:1' }] }) },
      { type: 'strategic', patch: podSpecPatch({ containers: [{ name: 'web', $patch: 'delete' }] }) },
    ],
  },
  {
    title: 'strategic: rollout restart, then env added, changed and removed',
    resource: 'deployments',
    object: deployment(),
    steps: [
      { type: 'strategic', patch: podSpecPatch({}, { annotations: { 'kubectl.kubernetes.io/restartedAt': 'now' } }) },
      { type: 'strategic', patch: podSpecPatch({ containers: [{ name: 'web', env: [{ name: 'B', value: '2' }] }] }) },
      {
        type: 'strategic',
        patch: podSpecPatch({
          '$setElementOrder/containers': [{ name: 'web' }],
          containers: [
            {
              name: 'web',
              '$setElementOrder/env': [{ name: 'A' }, { name: 'C' }, { name: 'B' }],
              env: [{ name: 'C', value: '3' }],
            },
          ],
        }),
      },
      {
        type: 'strategic',
        patch: podSpecPatch({ containers: [{ name: 'web', env: [{ name: 'A', $patch: 'delete' }] }] }),
      },
      { type: 'strategic', patch: podSpecPatch({ containers: [{ name: 'web', env: null }] }) },
    ],
  },
  {
    title: 'strategic: the strategy changes with retained keys, labels go by null',
    resource: 'deployments',
    object: deployment(),
    steps: [
      { type: 'strategic', patch: { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } } },
      {
        type: 'strategic',
        patch: { metadata: { labels: { tier: null, fresh: 'yes', never: null }, annotations: null } },
      },
      { type: 'strategic', patch: { spec: { strategy: { $patch: 'replace', type: 'RollingUpdate' } } } },
    ],
  },
  {
    title: 'strategic: containers are reordered',
    resource: 'podtemplates',
    object: podTemplate(threeContainers),
    steps: [
      {
        type: 'strategic',
        patch: template({ '$setElementOrder/containers': [{ name: 'c' }, { name: 'b' }, { name: 'a' }] }),
      },
      {
        type: 'strategic',
        patch: template({
          '$setElementOrder/containers': [{ name: 'd' }, { name: 'a' }],
          containers: [
            { name: 'd', image: 'd:1' },
            { name: 'a', image: 'a:2' },
          ],
        }),
      },
      {
        type: 'strategic',
        patch: template({
          containers: [
            { name: 'b', image: 'b:3' },
            { name: 'e', image: 'e:1' },
            { name: 'c', image: 'c:3' },
          ],
        }),
      },
      { type: 'strategic', patch: template({ containers: [{ $patch: 'replace' }, { name: 'z', image: 'z:1' }] }) },
    ],
  },
  {
    title: 'strategic: ports are merged by number, tolerations replaced, commands replaced',
    resource: 'podtemplates',
    object: podTemplate(threeContainers),
    steps: [
      {
        type: 'strategic',
        patch: template({
          containers: [{ name: 'b', ports: [{ containerPort: 80, name: 'web' }, { containerPort: 81 }] }],
        }),
      },
      { type: 'strategic', patch: template({ tolerations: [{ key: 'y', operator: 'Exists', effect: 'NoSchedule' }] }) },
      { type: 'strategic', patch: template({ containers: [{ name: 'c', command: ['other'] }] }) },
      { type: 'strategic', patch: template({ tolerations: null, nodeSelector: { disk: 'ssd' } }) },
    ],
  },
  {
    title: 'strategic: a volume changes its source with retained keys',
    resource: 'podtemplates',
    object: podTemplate(threeContainers),
    steps: [
      {
        type: 'strategic',
        patch: template({
          volumes: [{ name: 'data', $retainKeys: ['name', 'configMap'], configMap: { name: 'data' } }],
        }),
      },
      {
        type: 'strategic',
        patch: template({
          volumes: [{ name: 'conf', configMap: { name: 'other', items: [{ key: 'k', path: 'p' }] } }],
        }),
      },
      { type: 'strategic', patch: template({ volumes: [{ name: 'data', $patch: 'delete' }] }) },
    ],
  },
  {
    title: 'strategic: finalizers are merged and deleted one by one',
    resource: 'podtemplates',
    object: podTemplate({ containers: [{ name: 'a', image: 'a' }] }),
    steps: [
      { type: 'strategic', patch: { metadata: { finalizers: ['test.kforge/three', 'test.kforge/one'] } } },
      { type: 'strategic', patch: { metadata: { '$deleteFromPrimitiveList/finalizers': ['test.kforge/two'] } } },
      {
        type: 'strategic',
        patch: {
          metadata: {
            '$setElementOrder/finalizers': ['test.kforge/four', 'test.kforge/one'],
            '$deleteFromPrimitiveList/finalizers': ['test.kforge/three'],
            finalizers: ['test.kforge/four'],
          },
        },
      },
      { type: 'strategic', patch: { metadata: { finalizers: null } } },
    ],
  },
  {
    title: 'strategic: what contradicts the schema or itself is refused',
    resource: 'podtemplates',
    object: podTemplate(threeContainers),
    steps: [
      { type: 'strategic', patch: template({ containers: [{ image: 'nameless' }] }) },
      { type: 'strategic', patch: template({ containers: [1] }) },
      { type: 'strategic', patch: template({ containers: [{ name: 'a', $patch: 'merge' }] }) },
      { type: 'strategic', patch: template({ $patch: 'nonsense' }) },
      { type: 'strategic', patch: template({ volumes: [{ name: 'data', $retainKeys: ['name'], configMap: {} }] }) },
      {
        type: 'strategic',
        patch: template({ '$setElementOrder/containers': [{ name: 'a' }], containers: [{ name: 'b' }] }),
      },
      { type: 'strategic', patch: template({ $setElementOrder: [] }) },
      { type: 'strategic', patch: [1] },
    ],
  },
  {
    title: 'strategic: ports of a service are merged by port',
    resource: 'services',
    object: service([
      { name: 'http', port: 80 },
      { name: 'dns', port: 53, protocol: 'UDP' },
    ]),
    steps: [
      { type: 'strategic', patch: { spec: { ports: [{ name: 'tls', port: 443 }] } } },
      { type: 'strategic', patch: { spec: { ports: [{ port: 80, targetPort: 'http' }] } } },
      {
        type: 'strategic',
        patch: { spec: { ports: [{ port: 53, $patch: 'delete' }], selector: { app: null, role: 'x' } } },
      },
    ],
  },
  {
    title: 'strategic: data of a config map, with hostile names',
    resource: 'configmaps',
    object: configMap({ a: '1', constructor: 'x' }),
    steps: [
      { type: 'strategic', patch: { data: { a: null, b: '2', __proto__x: 'y' } } },
      { type: 'strategic', patch: { data: { $patch: 'replace', c: '3' } } },
      { type: 'strategic', patch: { data: { $patch: 'delete' } } },
    ],
  },
  {
    title: 'strategic: secrets of a service account, which are merged by name',
    resource: 'serviceaccounts',
    object: {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'subject' },
      imagePullSecrets: [{ name: 'one' }],
    },
    steps: [
      { type: 'strategic', patch: { imagePullSecrets: [{ name: 'two' }] } },
      { type: 'strategic', patch: { secrets: [{ name: 's' }] } },
      { type: 'strategic', patch: { imagePullSecrets: [{ name: 'one', $patch: 'delete' }] } },
    ],
  },
  {
    title: 'merge: fields are set, removed by null, lists replaced',
    resource: 'deployments',
    object: deployment({}, { tolerations: [{ key: 'x', operator: 'Exists' }] }),
    steps: [
      { type: 'merge', patch: { metadata: { labels: { tier: null, more: 'x' } }, spec: { paused: true } } },
      { type: 'merge', patch: podSpecPatch({ containers: [{ name: 'only', image: 'only:1' }], tolerations: null }) },
      { type: 'merge', patch: { spec: { strategy: { type: 'Recreate', rollingUpdate: null } } } },
      { type: 'merge', patch: [1] },
      { type: 'merge', patch: null },
    ],
  },
  {
    title: 'merge: a custom resource',
    resource: 'widgets',
    object: widget({ size: 1, parts: [{ name: 'a' }], deep: { x: { y: 1 } } }),
    steps: [
      { type: 'merge', patch: { spec: { deep: { x: { z: 2 } }, parts: [{ name: 'b' }], size: null } } },
      { type: 'strategic', patch: { spec: {} } },
    ],
  },
  {
    title: 'json: every operation',
    resource: 'deployments',
    object: deployment(),
    steps: [
      {
        type: 'json',
        patch: [
          { op: 'test', path: '/metadata/labels/tier', value: 'front' },
          { op: 'add', path: '/metadata/labels/a~1b', value: 'slash' },
          { op: 'replace', path: '/metadata/annotations/note', value: 'b' },
          { op: 'copy', from: '/metadata/labels/tier', path: '/metadata/annotations/tier' },
          { op: 'move', from: '/metadata/labels/tier', path: '/metadata/labels/level' },
          { op: 'add', path: '/spec/template/spec/containers/-', value: { name: 'z', image: 'z' } },
          { op: 'add', path: '/spec/template/spec/containers/0', value: { name: 'y', image: 'y' } },
          { op: 'remove', path: '/spec/template/spec/containers/1/env/0' },
        ],
      },
      { type: 'json', patch: [{ op: 'test', path: '/metadata/labels/absent', value: null }] },
    ],
  },
  {
    title: 'json: what fails is refused as a whole',
    resource: 'configmaps',
    object: configMap({ a: '1' }),
    steps: [
      {
        type: 'json',
        patch: [
          { op: 'add', path: '/data/b', value: '2' },
          { op: 'test', path: '/data/a', value: '9' },
        ],
      },
      { type: 'json', patch: [{ op: 'remove', path: '/data/nope' }] },
      { type: 'json', patch: [{ op: 'replace', path: '/data/nope', value: '1' }] },
      { type: 'json', patch: [{ op: 'add', path: '/nope/nope', value: '1' }] },
      { type: 'json', patch: [{ op: 'jump', path: '/data/a' }] },
      { type: 'json', patch: { op: 'add' } },
      { type: 'json', patch: [1] },
      { type: 'json', patch: [{ op: 'move', from: '/data', path: '/data/a' }] },
    ],
  },
  {
    title: 'apply: creates, changes and gives up fields',
    resource: 'deployments',
    steps: [
      applied(deployment()),
      applied(deployment({ replicas: 1, minReadySeconds: 5 })),
      applied(deployment({ minReadySeconds: undefined }, { nodeSelector: { disk: 'ssd' } })),
      applied(deployment({ paused: true })),
      applied({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'subject' } }, 'second'),
    ],
  },
  {
    title: 'apply: two managers conflict, share, force and give way',
    resource: 'deployments',
    object: deployment(),
    steps: [
      applied({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'subject' }, spec: { replicas: 0 } }),
      applied({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'subject' }, spec: { replicas: 1 } }),
      applied(deployment({ replicas: 1, minReadySeconds: 3 })),
      applied(deployment({ replicas: 1, minReadySeconds: 3 }), 'first', true),
      applied(
        { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'subject' }, spec: { replicas: 2 } },
        'second',
      ),
      applied(
        { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'subject' }, spec: { replicas: 2 } },
        'second',
        true,
      ),
      { type: 'strategic', patch: { spec: { replicas: 3 } } },
      applied(deployment({ replicas: 4 }), 'second'),
    ],
  },
  {
    title: 'apply: containers of two managers',
    resource: 'podtemplates',
    steps: [
      applyTemplate({
        containers: [
          {
            name: 'a',
            image: 'a:1',
            env: [
              { name: 'A', value: '1' },
              { name: 'B', value: '2' },
            ],
          },
        ],
      }),
      applyTemplate({ containers: [{ name: 'side', image: 'side:1' }] }, 'second'),
      applyTemplate({
        containers: [
          { name: 'b', image: 'b:1' },
          { name: 'a', image: 'a:2' },
        ],
      }),
      applyTemplate(
        {
          containers: [
            { name: 'a', env: [{ name: 'C', value: '3' }] },
            { name: 'side', image: 'side:1' },
          ],
        },
        'second',
      ),
      applyTemplate({ containers: [{ name: 'a', image: 'a:2', env: [{ name: 'B', value: '2' }] }] }),
      applyTemplate({ containers: [{ name: 'b', image: 'b:1' }] }),
      applyTemplate({ containers: [] }, 'second'),
    ],
  },
  {
    title: 'apply: containers are reordered',
    resource: 'podtemplates',
    object: podTemplate(threeContainers),
    steps: [
      applyTemplate({
        containers: [
          { name: 'c', image: 'c:1' },
          { name: 'a', image: 'a:1' },
        ],
      }),
      applyTemplate({
        containers: [
          { name: 'n', image: 'n:1' },
          { name: 'a', image: 'a:1' },
          { name: 'm', image: 'm:1' },
        ],
      }),
      applyTemplate({
        containers: [
          { name: 'm', image: 'm:1' },
          { name: 'b', image: 'b:1' },
          { name: 'n', image: 'n:1' },
        ],
      }),
    ],
  },
  {
    title: 'apply: ports are told apart by number and protocol',
    resource: 'podtemplates',
    steps: [
      applyTemplate({
        containers: [{ name: 'a', image: 'a', ports: [{ containerPort: 80 }, { containerPort: 53, protocol: 'UDP' }] }],
      }),
      applyTemplate({
        containers: [{ name: 'a', image: 'a', ports: [{ containerPort: 53 }, { containerPort: 80, name: 'web' }] }],
      }),
      applyTemplate(
        { containers: [{ name: 'a', ports: [{ containerPort: 80, protocol: 'TCP', name: 'other' }] }] },
        'second',
      ),
      applyTemplate({ containers: [{ name: 'a', image: 'a' }] }),
    ],
  },
  {
    title: 'apply: atomic lists and selectors belong to one manager',
    resource: 'podtemplates',
    steps: [
      applyTemplate({
        containers: [{ name: 'a', image: 'a', command: ['x'], resources: { limits: { cpu: '1' } } }],
        tolerations: [{ key: 'x', operator: 'Exists' }],
        nodeSelector: { disk: 'ssd' },
      }),
      applyTemplate(
        { containers: [{ name: 'a', image: 'a', command: ['x', 'y'], resources: { limits: { memory: '1Gi' } } }] },
        'second',
      ),
      applyTemplate(
        {
          containers: [{ name: 'a', image: 'a', resources: { limits: { memory: '1Gi' } } }],
          nodeSelector: { zone: 'z' },
        },
        'second',
      ),
      applyTemplate({ containers: [{ name: 'a', image: 'a' }], tolerations: [{ key: 'y', operator: 'Exists' }] }),
    ],
  },
  {
    title: 'apply: volumes change their source',
    resource: 'podtemplates',
    steps: [
      applyTemplate({
        containers: [{ name: 'a', image: 'a' }],
        volumes: [
          { name: 'v', emptyDir: {} },
          { name: 'w', emptyDir: { medium: 'Memory' } },
        ],
      }),
      applyTemplate({
        containers: [{ name: 'a', image: 'a' }],
        volumes: [
          { name: 'v', configMap: { name: 'c' } },
          { name: 'w', emptyDir: {} },
        ],
      }),
      applyTemplate({ containers: [{ name: 'a', image: 'a' }] }),
    ],
  },
  {
    title: 'apply: finalizers are a set',
    resource: 'configmaps',
    steps: [
      applied(configMap({}, { finalizers: ['test.kforge/a', 'test.kforge/b'] })),
      applied(configMap({}, { finalizers: ['test.kforge/c', 'test.kforge/b'] }), 'second'),
      applied(configMap({}, { finalizers: ['test.kforge/a'] })),
      applied(configMap({}), 'second'),
      { type: 'merge', patch: { metadata: { finalizers: null } } },
    ],
  },
  {
    title: 'apply: keys of maps, labels and empty values',
    resource: 'configmaps',
    object: configMap({ a: '1', b: '2' }, { labels: { x: 'y' } }),
    steps: [
      applied(configMap({ a: '1', c: '3' }, { labels: { x: 'y', 'l<>&': undefined } })),
      applied(configMap({ c: '3' }, { labels: {} })),
      applied(configMap({}, { annotations: { e: '' } }), 'second'),
      applied(configMap({ a: '9' }), 'second', true),
      applied(configMap({ c: '3' })),
      applied(configMap({})),
    ],
  },
  {
    title: 'apply: ports of a service of two managers',
    resource: 'services',
    steps: [
      applied(service([{ name: 'http', port: 80 }])),
      applied(service([{ name: 'dns', port: 53, protocol: 'UDP' }]), 'second'),
      applied(service([{ name: 'http', port: 81 }])),
      { type: 'json', patch: [{ op: 'remove', path: '/spec/ports/0' }] },
    ],
  },
  {
    title: 'apply: rules of a role are atomic',
    resource: 'roles',
    steps: [
      applied({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'subject' },
        rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
      }),
      applied(
        {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'Role',
          metadata: { name: 'subject' },
          rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }],
        },
        'second',
      ),
    ],
  },
  {
    title: 'apply: a custom resource has atomic lists and granular maps',
    resource: 'widgets',
    steps: [
      applied(widget({ size: 1, parts: [{ name: 'a' }], deep: { x: { y: 1 } } })),
      applied(widget({ deep: { x: { z: 2 } } }), 'second'),
      applied(widget({ size: 2, parts: [{ name: 'b' }] })),
      applied(widget({ size: 3, parts: [] }), 'second'),
      applied(widget({ size: 3, deep: 'text' }), 'second', true),
      { type: 'merge', patch: { spec: { size: null, extra: { list: [1] } } } },
    ],
  },
  {
    title: 'apply: kubectl may change what it applied on the client before',
    resource: 'configmaps',
    object: configMap(
      { a: '1', b: '2' },
      {
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration':
            '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"subject"},"data":{"a":"1","b":"1"}}',
        },
      },
    ),
    steps: [
      applied(configMap({ a: '2', b: '3' }), 'kubectl'),
      applied(configMap({ a: '2' }), 'kubectl'),
      applied(configMap({ a: '3' }), 'other'),
    ],
  },
  {
    title: 'apply: what is not an apply of this kind is refused',
    resource: 'configmaps',
    object: configMap({ a: '1' }),
    steps: [
      applied({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'subject' } }),
      applied({ kind: 'ConfigMap', metadata: { name: 'subject' } }),
      applied(configMap({}, { managedFields: [{}] })),
      applied(configMap({}), ''),
      applied({ ...configMap({}), nope: 1 }),
      applied(configMap({}, { finalizers: ['test.kforge/a', 'test.kforge/a'] })),
    ],
  },
  {
    title: 'apply: kubectl moves from applying on the client to applying on the server',
    resource: 'configmaps',
    creator: 'kubectl-client-side-apply',
    object: configMap({ a: '1', b: '2' }, { annotations: { [LAST_APPLIED]: lastApplied({ a: '1', b: '2' }) } }),
    steps: [
      applied(configMap({ a: '5' }), 'kubectl'),
      applied(configMap({}, { annotations: { [LAST_APPLIED]: lastApplied({ a: '5' }) } }), 'kubectl-last-applied'),
      {
        type: 'json',
        manager: 'kubectl',
        patch: [
          {
            op: 'replace',
            path: '/metadata/managedFields',
            value: [
              {
                manager: 'kubectl-last-applied',
                operation: 'Apply',
                apiVersion: 'v1',
                fieldsType: 'FieldsV1',
                fieldsV1: { 'f:metadata': { 'f:annotations': { [`f:${LAST_APPLIED}`]: {} } } },
              },
              {
                manager: 'kubectl',
                operation: 'Apply',
                apiVersion: 'v1',
                time: '2026-01-01T00:00:00Z',
                fieldsType: 'FieldsV1',
                fieldsV1: {
                  'f:data': { '.': {}, 'f:a': {}, 'f:b': {} },
                  'f:metadata': { 'f:annotations': { '.': {}, [`f:${LAST_APPLIED}`]: {} } },
                },
              },
            ],
          },
        ],
      },
      applied(configMap({ a: '5' }), 'kubectl'),
      applied(configMap({ a: '6' }), 'kubectl'),
      { type: 'strategic', manager: 'kubectl-client-side-apply', patch: { data: { a: '7', c: '8' } } },
    ],
  },
  {
    title: 'status: a write to the status owns nothing else, and the other way round',
    resource: 'services',
    object: service([{ name: 'http', port: 80 }]),
    steps: [
      {
        type: 'strategic',
        subresource: 'status',
        patch: {
          status: { loadBalancer: { ingress: [{ ip: '10.1.1.1' }] }, conditions: [condition('Ready', 'True')] },
        },
      },
      {
        type: 'apply',
        subresource: 'status',
        patch: {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'subject' },
          spec: { type: 'NodePort' },
          status: { conditions: [condition('Warm', 'True')] },
        },
      },
      {
        type: 'apply',
        subresource: 'status',
        patch: {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'subject' },
          status: { conditions: [condition('Ready', 'False'), condition('Hot', 'True')] },
        },
      },
      { type: 'merge', subresource: 'status', patch: { spec: { type: 'NodePort' }, status: { conditions: null } } },
      {
        type: 'merge',
        patch: { status: { conditions: [condition('Cold', 'True')] }, metadata: { labels: { a: 'b' } } },
      },
      applied({ ...service([{ name: 'web', port: 80 }]), status: { conditions: [condition('Cold', 'True')] } }),
    ],
  },
  {
    title: 'update: managed fields are reset and upgraded by a patch',
    resource: 'configmaps',
    object: configMap({ a: '1' }),
    steps: [
      { type: 'merge', patch: { data: { b: '2' } }, manager: 'editor' },
      {
        type: 'json',
        patch: [
          {
            op: 'replace',
            path: '/metadata/managedFields',
            value: [
              {
                manager: 'kubectl',
                operation: 'Apply',
                apiVersion: 'v1',
                fieldsType: 'FieldsV1',
                fieldsV1: { 'f:data': { 'f:a': {} } },
              },
            ],
          },
        ],
      },
      { type: 'json', patch: [{ op: 'replace', path: '/metadata/managedFields', value: [{}] }] },
      { type: 'merge', patch: { data: { b: '3' } }, manager: 'editor' },
      applied(configMap({ a: '1', b: '4' })),
      applied(configMap({ a: '1', b: '4' }), 'first', true),
    ],
  },
];
