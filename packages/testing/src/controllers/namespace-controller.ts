import { fieldsOf } from '../objects/defaults/fields.ts';
import { deleteObject } from '../objects/delete-object.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { isStored } from '../state/resource-kind.ts';
import { changeStatus } from './change-status.ts';
import type { ControllerContext } from './controller-context.ts';
import { runController } from './run-controller.ts';

const NAMESPACE = builtInKind('Namespace');
const SERVICE_ACCOUNT = builtInKind('ServiceAccount');
const CONFIG_MAP = builtInKind('ConfigMap');
/** The ConfigMap from which the pods of a real cluster learn whom to trust. */
const ROOT_CERTIFICATE = 'kube-root-ca.crt';

/**
 * Gives every namespace its service account `default` and its ConfigMap `kube-root-ca.crt`, and empties one that is being deleted: when
 * nothing is left in it and no finalizer of others holds it, it goes.
 */
export function runNamespaceController({ store, clock, rootCertificate, signal }: ControllerContext): void {
  /** How many objects are in each namespace. */
  const counts = new Map<string, number>();
  /** Namespaces that went before they were empty. */
  const gone = new Set<string>();
  runController({
    store,
    signal,
    controller: {
      *affectedBy({ type, kind, object }) {
        const { namespace, name } = object.metadata;
        if (kind === NAMESPACE) {
          if (type === 'DELETED') gone.add(name);
          else gone.delete(name);
          yield name;
        }
        if (namespace === undefined) return;
        if (type !== 'MODIFIED') counts.set(namespace, (counts.get(namespace) ?? 0) + (type === 'ADDED' ? 1 : -1));
        const isAccount = kind === SERVICE_ACCOUNT && name === 'default';
        const isRoot = kind === CONFIG_MAP && name === ROOT_CERTIFICATE;
        if (((isAccount || isRoot) && type === 'DELETED') || isGoing(namespace)) yield namespace;
      },
      reconcile(name) {
        const namespace = find(name);
        if (gone.has(name)) empty(name);
        else if (!namespace) return;
        else if (namespace.metadata.deletionTimestamp === undefined) furnish(name);
        else end(namespace);
      },
    },
  });

  function find(name: string): KubernetesObject | undefined {
    return store.get({ kind: NAMESPACE, namespace: undefined, name });
  }

  function isGoing(name: string): boolean {
    return gone.has(name) || find(name)?.metadata.deletionTimestamp !== undefined;
  }

  function furnish(namespace: string): void {
    if (!store.get({ kind: SERVICE_ACCOUNT, namespace, name: 'default' })) {
      store.add({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } });
    }
    if (!store.get({ kind: CONFIG_MAP, namespace, name: ROOT_CERTIFICATE })) {
      const metadata = { name: ROOT_CERTIFICATE, namespace };
      store.add({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'ca.crt': rootCertificate } });
    }
  }

  function end(namespace: KubernetesObject): void {
    const { name, finalizers = [] } = namespace.metadata;
    changeStatus({ store, object: namespace, status: { ...fieldsOf(namespace.status), phase: 'Terminating' } });
    empty(name);
    if ((counts.get(name) ?? 0) > 0) return;
    const spec = fieldsOf(namespace.spec);
    const ours = (finalizer: unknown): boolean => finalizer === 'kubernetes';
    const others = Array.isArray(spec.finalizers) ? spec.finalizers.filter((finalizer) => !ours(finalizer)) : [];
    if (finalizers.length === 0 && others.length === 0) store.remove({ kind: NAMESPACE, namespace: undefined, name });
    else store.replace({ ...(find(name) ?? namespace), spec: { ...spec, finalizers: others } });
  }

  /** Deletes everything in a namespace that is not on its way yet. */
  function empty(namespace: string): void {
    if ((counts.get(namespace) ?? 0) === 0) return;
    for (const kind of store.kinds.all) {
      if (!kind.namespaced || !isStored(kind)) continue;
      for (const { metadata } of store.list({ kind, namespace })) {
        if (metadata.deletionTimestamp === undefined) {
          deleteObject({ store, clock, key: { kind, namespace, name: metadata.name } });
        }
      }
    }
  }
}
