import { notImplemented } from '../../errors/refusals.ts';
import { fieldsOf } from '../../objects/defaults/fields.ts';
import type { ObjectInput } from '../../state/kubernetes-object.ts';

const JOB_FIELDS = ['podFailurePolicy', 'successPolicy', 'backoffLimitPerIndex'];

/** What a controller would not do, although the object asks for it. @throws StatusError 501. */
export function refuseUnsupported({ apiVersion, kind, spec }: ObjectInput): void {
  const fields = fieldsOf(spec);
  if (apiVersion === 'batch/v1' && kind === 'Job') {
    const asked = JOB_FIELDS.find((name) => fields[name] !== undefined);
    if (asked !== undefined) throw notImplemented(`the ${asked} of Jobs`);
  }
  if (apiVersion === 'apps/v1' && kind === 'DaemonSet') {
    const { maxSurge = 0 } = fieldsOf(fieldsOf(fields.updateStrategy).rollingUpdate);
    if (maxSurge !== 0 && maxSurge !== '0%') throw notImplemented('a maxSurge of DaemonSets');
  }
}
