import { timestamp } from '../../clock/clock.ts';
import { trackUpdate } from '../../patch/track-update.ts';
import type { Schemas } from '../../schema/type-schema.ts';
import type { KubernetesObject, ObjectInput } from '../../state/kubernetes-object.ts';
import type { ApiContext } from '../api-context.ts';
import type { WriteOptions } from './write-options.ts';

/** Writes down that the one who made this change owns the fields that differ (KEP-555). */
export function ownFields(change: {
  readonly context: Pick<ApiContext, 'clock'>;
  readonly schemas: Schemas;
  readonly before: KubernetesObject | undefined;
  readonly after: ObjectInput;
  readonly options: Pick<WriteOptions, 'fieldManager'>;
  readonly subresource?: string;
}): ObjectInput {
  const { context, schemas, before, after, options, subresource } = change;
  return trackUpdate({
    before,
    after,
    fieldManager: options.fieldManager,
    schemas,
    now: timestamp(context.clock),
    ...(subresource !== undefined && { subresource }),
  }) as ObjectInput;
}
