import type { ObjectInput } from '../state/kubernetes-object.ts';
import { fieldsOf } from './defaults/fields.ts';

/** The label by which a Job knows its pods. */
const JOB_UID = 'batch.kubernetes.io/controller-uid';

/**
 * A Job with the selector that the API server makes from its uid, and the labels that its pods get; one with a selector of its own stays as
 * it is. The server does this before it stores a Job, so that its generation is 1.
 */
export function withJobSelector(job: ObjectInput & { readonly metadata: { readonly uid: string } }): typeof job {
  const spec = fieldsOf(job.spec);
  if (spec.selector !== undefined) return job;
  const { uid, name, labels } = job.metadata;
  const own = { 'controller-uid': uid, 'job-name': name, [JOB_UID]: uid, 'batch.kubernetes.io/job-name': name };
  const template = fieldsOf(spec.template);
  const metadata = fieldsOf(template.metadata);
  const podLabels = { ...(fieldsOf(metadata.labels) as Readonly<Record<string, string>>), ...own };
  return {
    ...job,
    // A Job without labels gets those of its pods.
    metadata: { ...job.metadata, labels: labels && Object.keys(labels).length > 0 ? labels : podLabels },
    spec: {
      ...spec,
      selector: { matchLabels: { [JOB_UID]: uid } },
      template: { ...template, metadata: { ...metadata, labels: podLabels } },
    },
  };
}
