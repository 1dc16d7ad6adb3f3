import type { TestObject } from './object-server.ts';

/** A port that a container declares. */
interface PortObject {
  readonly name?: string;
  readonly containerPort: number;
  readonly protocol?: string;
}

/** Where the pods of the tests live. */
export const PODS = '/api/v1/namespaces/shop/pods';

/** A pod with one container named `main`; ready unless something else is said. */
export function podObject(options: {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** @default 'Running' */
  readonly phase?: string;
  /** @default true */
  readonly ready?: boolean;
  readonly terminating?: boolean;
  /** Seconds after a fixed day. @default 0 */
  readonly createdAt?: number;
  readonly owner?: { readonly kind: string; readonly uid: string };
  readonly ports?: readonly PortObject[];
  /** Why the container waits. */
  readonly waiting?: string;
}): TestObject {
  const { name, labels = { app: 'web' }, phase = 'Running', ready = true, ports = [], owner, waiting } = options;
  const created = new Date(Date.UTC(2026, 0, 1) + (options.createdAt ?? 0) * 1000).toISOString();
  const state = waiting ? { waiting: { reason: waiting } } : { running: {} };
  return {
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      labels,
      creationTimestamp: created,
      ...(options.terminating ? { deletionTimestamp: created } : {}),
      ...(owner ? { ownerReferences: [{ ...owner, name: 'owner', controller: true }] } : {}),
    },
    spec: { containers: [{ name: 'main', ports }] },
    status: {
      phase,
      conditions: [{ type: 'Ready', status: ready && phase === 'Running' ? 'True' : 'False' }],
      containerStatuses: [{ name: 'main', ready, state }],
    },
  };
}
