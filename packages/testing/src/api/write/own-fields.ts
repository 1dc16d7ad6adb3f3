import { timestamp } from '../../clock/clock.ts';
import { fieldsOf } from '../../objects/defaults/fields.ts';
import { trackUpdate } from '../../patch/track-update.ts';
import type { Schemas } from '../../schema/type-schema.ts';
import type { KubernetesObject, ObjectInput } from '../../state/kubernetes-object.ts';
import type { ApiContext } from '../api-context.ts';
import type { WriteOptions } from './write-options.ts';

/** Writes down that the one who made this change owns the fields that differ (KEP-555), but for what the server itself sets. */
export function ownFields(change: {
  readonly context: Pick<ApiContext, 'clock'>;
  readonly schemas: Schemas;
  readonly before: KubernetesObject | undefined;
  readonly after: ObjectInput;
  readonly options: Pick<WriteOptions, 'fieldManager'>;
  readonly subresource?: string;
}): ObjectInput {
  const { context, schemas, before, after, options, subresource } = change;
  const { metadata } = trackUpdate({
    before: before && withoutAssigned(before),
    after: withoutAssigned(after),
    fieldManager: options.fieldManager,
    schemas,
    now: timestamp(context.clock),
    ...(subresource !== undefined && { subresource }),
  }) as ObjectInput;
  return { ...after, metadata: { ...after.metadata, managedFields: metadata.managedFields } };
}

/** A service without the addresses that the server has given it. */
function withoutAssigned<T extends ObjectInput>(object: T): T {
  if (object.kind !== 'Service' || object.apiVersion !== 'v1') return object;
  const { clusterIP, clusterIPs, ipFamilies: _families, ipFamilyPolicy: _policy, ...spec } = fieldsOf(object.spec);
  // Only the client can want that there is none.
  return { ...object, spec: clusterIP === 'None' ? { ...spec, clusterIP, clusterIPs } : spec };
}
