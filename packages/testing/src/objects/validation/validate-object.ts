import { invalid, invalidValue, required, unsupportedValue } from '../../errors/invalid.ts';
import type { StatusCause } from '../../errors/status-error.ts';
import type { KubernetesObject, ObjectInput } from '../../state/kubernetes-object.ts';
import type { ResourceKind } from '../../state/resource-kind.ts';
import { fieldsOf, listOf } from '../defaults/fields.ts';
import { isOneOf } from './is-one-of.ts';
import { brokenRule, DATA_KEY } from './names.ts';
import { validateChange } from './validate-change.ts';
import { validateLabels, validateMetadata } from './validate-metadata.ts';
import { validatePodSpec, validatePort } from './validate-pod-spec.ts';

type Validate = (object: ObjectInput) => readonly StatusCause[];

const VALIDATORS: Readonly<Record<string, Validate>> = {
  ConfigMap: (object) => [...validateKeys(object, 'data'), ...validateKeys(object, 'binaryData')],
  Secret: (object) => validateKeys(object, 'data'),
  Pod: ({ spec }) => validatePodSpec(spec, 'spec'),
  Service: validateService,
  'Deployment.apps': (object) => validateWorkload(object, ['Always']),
  'ReplicaSet.apps': (object) => validateWorkload(object, ['Always']),
  'StatefulSet.apps': (object) => validateWorkload(object, ['Always']),
  'DaemonSet.apps': (object) => validateWorkload(object, ['Always']),
  'Job.batch': ({ spec }) => validateTemplate(spec, ['OnFailure', 'Never']),
  'Ingress.networking.k8s.io': ({ spec }) => {
    const { rules, defaultBackend } = fieldsOf(spec);
    if (defaultBackend !== undefined || listOf(rules).length > 0) return [];
    return [invalidValue('spec', null, 'either `defaultBackend` or `rules` must be specified')];
  },
};

/**
 * Checks what clients run into: names, labels, the fields that a kind cannot be without, and those that cannot change. It is not all that
 * a real server checks.
 *
 * @param options `before`: the object that is to be replaced
 * @throws StatusError 422 that names everything that is wrong.
 */
export function validateObject(options: {
  readonly object: ObjectInput;
  readonly kind: ResourceKind;
  readonly before?: KubernetesObject;
}): void {
  const { object, kind, before } = options;
  const validate = VALIDATORS[kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`];
  const causes = [
    ...validateMetadata(object, kind),
    ...(validate?.(object) ?? []),
    ...(before ? validateChange(before, object, kind) : []),
  ];
  if (causes.length > 0) throw invalid({ kind: kind.kind, group: kind.group, name: object.metadata.name, causes });
}

function validateKeys(object: ObjectInput, field: string): readonly StatusCause[] {
  return Object.keys(fieldsOf(object[field])).flatMap((key) => {
    const problem = brokenRule(key, DATA_KEY);
    return problem === undefined ? [] : [invalidValue(`${field}[${key}]`, key, problem)];
  });
}

function validateService({ spec }: ObjectInput): readonly StatusCause[] {
  const { type, clusterIP, ports, externalName } = fieldsOf(spec);
  const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
  if (type !== undefined && !isOneOf(types, type)) return [unsupportedValue('spec.type', type, types)];
  if (type === 'ExternalName') return externalName === undefined ? [required('spec.externalName')] : [];
  const found = listOf(ports);
  if (found.length === 0) return clusterIP === 'None' ? [] : [required('spec.ports')];
  return found.flatMap(({ name, port, targetPort }, index) => [
    ...(found.length > 1 && (name === undefined || name === '') ? [required(`spec.ports[${index}].name`)] : []),
    ...validatePort(port, `spec.ports[${index}].port`),
    ...(typeof targetPort === 'number' ? validatePort(targetPort, `spec.ports[${index}].targetPort`) : []),
  ]);
}

function validateWorkload({ spec }: ObjectInput, policies: readonly string[]): readonly StatusCause[] {
  const { selector, template, replicas } = fieldsOf(spec);
  const labels = fieldsOf(fieldsOf(template).metadata).labels;
  const wanted = Object.entries(fieldsOf(fieldsOf(selector).matchLabels));
  const matches = wanted.every(([key, value]) => fieldsOf(labels)[key] === value);
  const field = 'spec.template.metadata.labels';
  const mismatch = invalidValue(field, labels, '`selector` does not match template `labels`');
  const tooFew = 'must be greater than or equal to 0';
  return [
    ...(typeof replicas === 'number' && replicas < 0 ? [invalidValue('spec.replicas', replicas, tooFew)] : []),
    ...(selector === undefined ? [required('spec.selector'), mismatch] : matches ? [] : [mismatch]),
    ...validateTemplate(spec, policies),
  ];
}

function validateTemplate(spec: unknown, policies: readonly string[]): readonly StatusCause[] {
  const template = fieldsOf(fieldsOf(spec).template);
  const { restartPolicy } = fieldsOf(template.spec);
  const field = 'spec.template.spec.restartPolicy';
  const supported = isOneOf(policies, restartPolicy);
  const choices = policies.map((policy) => `"${policy}"`).join(', ');
  // A job has no default of its own; the one of pods is what it cannot have.
  const policy = supported
    ? []
    : policies.includes('Always')
      ? [unsupportedValue(field, restartPolicy, policies)]
      : [required(field, `valid values: ${choices}`)];
  return [
    ...validateLabels(fieldsOf(template.metadata).labels, 'spec.template.labels'),
    ...validatePodSpec(template.spec, 'spec.template.spec'),
    ...policy,
  ];
}
