import { defaultAccessObjects } from '../access/default-access-objects.ts';
import { SERVER_VERSION } from '../api/version.ts';
import type { Addresses } from '../objects/addresses.ts';
import { finishNewObject } from '../objects/finish-new-object.ts';
import { NODE_ADDRESS, NODE_NAME } from '../objects/pod-object.ts';
import type { ObjectInput } from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';

/** What the node has; nobody counts what is left of it. */
const CAPACITY = { cpu: '8', memory: '16Gi', 'ephemeral-storage': '100Gi', pods: '10000' };

/** Adds what every cluster has: the namespaces `default`, `kube-system` and that of the context, a node that is ready, roles. */
export function addBasics(options: {
  readonly store: ObjectStore;
  readonly addresses: Addresses;
  readonly namespace: string;
}): void {
  const { store, addresses, namespace } = options;
  for (const object of [...namespaces(['default', 'kube-system', namespace]), node(), ...defaultAccessObjects()]) {
    const kind = store.kinds.find(object);
    if (!kind) throw new TypeError(`No kind ${object.kind} is built in`);
    store.add(finishNewObject({ object, kind, addresses, store }));
  }
}

function namespaces(names: readonly string[]): readonly ObjectInput[] {
  return [...new Set(names)].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
}

function node(): ObjectInput {
  const { gitVersion } = SERVER_VERSION;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: NODE_NAME, labels: { 'kubernetes.io/hostname': NODE_NAME, 'kubernetes.io/os': 'linux' } },
    spec: {},
    status: {
      capacity: CAPACITY,
      allocatable: CAPACITY,
      conditions: [
        { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' },
      ],
      addresses: [
        { type: 'InternalIP', address: NODE_ADDRESS },
        { type: 'Hostname', address: NODE_NAME },
      ],
      nodeInfo: {
        kubeletVersion: gitVersion,
        kubeProxyVersion: gitVersion,
        operatingSystem: 'linux',
        osImage: 'simulated',
      },
    },
  };
}
