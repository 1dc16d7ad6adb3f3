import { fieldsOf } from '../objects/defaults/fields.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ControllerContext } from './controller-context.ts';
import { JOB_INDEX } from './job-tally.ts';
import { podOfTemplate, takesObjects } from './make-pod.ts';
import { listOf } from './read-field.ts';

/** Makes a pod of a Job; with an index it is told to it in an annotation, a label, its environment and its host name. */
export function makeJobPod(
  { store, names, events }: ControllerContext,
  { job, index }: { readonly job: KubernetesObject; readonly index: number | undefined },
): void {
  const { namespace } = job.metadata;
  if (!takesObjects(store, namespace)) return;
  const base = index === undefined ? job.metadata.name : `${job.metadata.name}-${index}`;
  const template = fieldsOf(fieldsOf(job.spec).template);
  const mark = index === undefined ? {} : { [JOB_INDEX]: String(index) };
  let name = names.nameFrom(`${base}-`);
  while (store.get({ kind: builtInKind('Pod'), namespace, name })) name = names.nameFrom(`${base}-`);
  store.add(
    podOfTemplate({
      owner: job,
      template,
      name,
      generateName: `${base}-`,
      labels: mark,
      annotations: mark,
      spec: index === undefined ? {} : { hostname: base, ...containersWithIndex(template) },
    }),
  );
  const message = `Created pod: ${name}`;
  events.record({ about: job, reason: 'SuccessfulCreate', message, component: 'job-controller' });
}

function containersWithIndex(template: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { containers, initContainers } = fieldsOf(template.spec);
  const fieldRef = { apiVersion: 'v1', fieldPath: `metadata.labels['${JOB_INDEX}']` };
  const variable = { name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef } };
  const withIndex = (container: unknown) => {
    const fields = fieldsOf(container);
    return { ...fields, env: [...listOf(fields.env), variable] };
  };
  return {
    containers: listOf(containers).map(withIndex),
    ...(initContainers !== undefined && { initContainers: listOf(initContainers).map(withIndex) }),
  };
}
