import { alreadyExists } from '../../errors/statuses.ts';
import { finishNewObject } from '../../objects/finish-new-object.ts';
import { validateObject } from '../../objects/validation/validate-object.ts';
import { normalised } from '../../schema/normalised.ts';
import type { Schemas } from '../../schema/type-schema.ts';
import type { KubernetesObject, ObjectInput } from '../../state/kubernetes-object.ts';
import type { ResourceKind } from '../../state/resource-kind.ts';
import type { ApiContext } from '../api-context.ts';
import { ServedObjects } from '../served-objects.ts';
import { ownFields } from './own-fields.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';
import { requireFreeAddresses } from './require-free-addresses.ts';
import { requireNamespace } from './require-namespace.ts';
import { requireServiceAccount } from './require-service-account.ts';
import { validateCustom } from './validate-custom.ts';
import { validateEvent } from './validate-event.ts';
import type { WriteOptions } from './write-options.ts';

/** What {@link createObject} needs. */
export interface CreateObjectOptions {
  readonly context: ApiContext;
  readonly kind: ResourceKind;
  /** The object with its name and namespace. */
  readonly object: ObjectInput;
  readonly options: WriteOptions;
  readonly schemas: Schemas;
  /** Who owns which field is in the object already, as after an apply patch. @default false */
  readonly isOwned?: boolean;
}

/**
 * Adds a new object: with defaults, after all checks.
 *
 * @returns the object as it is kept, or with `dryRun` as it would be
 * @throws StatusError 404 and 403 for the namespace, 409 for a name that is taken, 422 for an invalid object.
 */
export function createObject(create: CreateObjectOptions): KubernetesObject {
  const { context, kind, options, schemas } = create;
  const { store } = context;
  const addresses = options.dryRun ? context.addresses.fork() : context.addresses;
  requireNamespace({ store, kind, object: create.object });
  const given = kind.isCustom === true ? create.object : normalised({ object: create.object, schemas });
  const object = finishNewObject({ object: given, kind, addresses, store });
  const { name, namespace } = object.metadata;
  const objects = new ServedObjects({ store, kind });
  if (objects.get({ namespace, name })) throw alreadyExists({ ...kind, name });
  requireServiceAccount({ store, kind, object });
  validateObject({ object, kind });
  refuseUnsupported(object);
  requireFreeAddresses({ addresses, kind, object });
  validateCustom({ object, kind });
  validateEvent({ object, kind });
  const owned =
    create.isOwned === true ? object : ownFields({ context, schemas, before: undefined, after: object, options });
  return options.dryRun ? objects.preview(owned) : objects.add(owned);
}
