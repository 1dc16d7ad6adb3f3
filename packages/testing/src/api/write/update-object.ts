import { invalid, invalidValue } from '../../errors/invalid.ts';
import { StatusError } from '../../errors/status-error.ts';
import { badRequest } from '../../errors/statuses.ts';
import { withObjectDefaults } from '../../objects/defaults/object-defaults.ts';
import { validateObject } from '../../objects/validation/validate-object.ts';
import { normalised } from '../../schema/normalised.ts';
import type { Schemas } from '../../schema/type-schema.ts';
import type { KubernetesObject, ObjectInput } from '../../state/kubernetes-object.ts';
import type { ResourceKind } from '../../state/resource-kind.ts';
import type { ApiContext } from '../api-context.ts';
import { ServedObjects } from '../served-objects.ts';
import { mergeUpdate } from './merge-update.ts';
import { ownFields } from './own-fields.ts';
import { readMetadata } from './read-metadata.ts';
import type { RawObject } from './read-object.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';
import { requireFreeAddresses } from './require-free-addresses.ts';
import { validateCustom } from './validate-custom.ts';
import { validateEvent } from './validate-event.ts';
import type { WriteOptions } from './write-options.ts';

/** What {@link updateObject} needs. */
export interface UpdateObjectOptions {
  readonly context: ApiContext;
  readonly kind: ResourceKind;
  readonly subresource: string | undefined;
  readonly current: KubernetesObject;
  /** The whole object as it should become. */
  readonly next: RawObject;
  readonly options: WriteOptions;
  readonly schemas: Schemas;
  /** Who owns which field is in `next` already, as after an apply patch. @default false */
  readonly isOwned?: boolean;
  /** The subresource through which the change came, for who owns which field. @default `subresource` */
  readonly through?: string;
}

/**
 * Puts a new version in the place of an object, after all checks. An object that was only held by finalizers goes with the last of them.
 *
 * @returns the object as it is kept, or with `dryRun` as it would be
 * @throws StatusError 409 when the object has changed meanwhile or is another one, 422 for what is invalid or may not change.
 */
export function updateObject(update: UpdateObjectOptions): KubernetesObject {
  const { context, kind, subresource, current, options, schemas, through = subresource } = update;
  requireSame(update);
  const typed = { ...update.next, apiVersion: current.apiVersion, kind: current.kind };
  const given = kind.isCustom === true ? update.next : normalised({ object: typed, schemas });
  const merged = mergeUpdate({ current, next: given, kind, subresource });
  const addresses = options.dryRun ? context.addresses.fork() : context.addresses;
  const object = withObjectDefaults(merged, addresses);
  if (subresource === undefined) {
    validateObject({ object, kind, before: current });
    refuseUnsupported(object);
    requireFreeAddresses({ addresses, kind, object });
  }
  validateCustom({ object, kind, before: current, subresource });
  validateEvent({ object, kind, before: current });
  const owned =
    update.isOwned === true
      ? object
      : ownFields({
          context,
          schemas,
          before: current,
          after: object,
          options,
          ...(through && { subresource: through }),
        });
  const objects = new ServedObjects({ store: context.store, kind });
  if (options.dryRun) return objects.preview(owned);
  const kept = objects.replace(owned);
  if (isReleased(kept, kind)) objects.remove({ namespace: kept.metadata.namespace, name: kept.metadata.name });
  return kept;
}

/** The name, the version and the uid that a client says it changes must be those that there are. */
function requireSame({ kind, current, next }: UpdateObjectOptions): void {
  const { name, namespace, resourceVersion, uid } = readMetadata(next.metadata);
  const is = current.metadata;
  if (name !== undefined && name !== '' && name !== is.name) {
    throw badRequest(`the name of the object (${name}) does not match the name on the URL (${is.name})`);
  }
  if (namespace !== undefined && namespace !== '' && namespace !== is.namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  if (kind.needsVersion === true && !resourceVersion) {
    const causes = [invalidValue('metadata.resourceVersion', 0, 'must be specified for an update')];
    throw invalid({ kind: kind.kind, group: kind.group, name: is.name, causes });
  }
  const isStale = resourceVersion !== undefined && resourceVersion !== '' && resourceVersion !== is.resourceVersion;
  if (isStale) {
    const why = 'the object has been modified; please apply your changes to the latest version and try again';
    throw conflict({ kind, name: is.name, why });
  }
  if (uid !== undefined && uid !== '' && uid !== is.uid) {
    const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${is.uid}`;
    throw conflict({ kind, name: is.name, why });
  }
}

/** 409: `Operation cannot be fulfilled on deployments.apps "web": the object has been modified; …`. */
export function conflict(options: {
  readonly kind: ResourceKind;
  readonly name: string;
  readonly why: string;
}): StatusError {
  const { kind, name, why } = options;
  const what = kind.group === '' ? kind.resource : `${kind.resource}.${kind.group}`;
  return new StatusError({
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ${what} "${name}": ${why}`,
    details: { name, ...(kind.group === '' ? {} : { group: kind.group }), kind: kind.resource },
  });
}

/** Whether nothing holds an object any more that is to go. Pods go when their kubelet is done with them, namespaces when they are empty. */
function isReleased({ metadata, spec }: ObjectInput, kind: ResourceKind): boolean {
  if (metadata.deletionTimestamp === undefined || (metadata.finalizers?.length ?? 0) > 0) return false;
  if (kind.group !== '') return true;
  if (kind.kind === 'Namespace')
    return ((spec as { finalizers?: readonly string[] } | undefined)?.finalizers?.length ?? 0) === 0;
  return kind.kind !== 'Pod' || metadata.deletionGracePeriodSeconds === 0;
}
