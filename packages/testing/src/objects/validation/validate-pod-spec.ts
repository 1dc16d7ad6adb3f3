import type { Fields } from '../../documents/fields.ts';
import { invalidValue, required, unsupportedValue } from '../../errors/invalid.ts';
import type { StatusCause } from '../../errors/status-error.ts';
import { fieldsOf, listOf } from '../defaults/fields.ts';
import { isOneOf } from './is-one-of.ts';
import { brokenRule, DNS_LABEL } from './names.ts';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

/** What is wrong with the specification of a pod that stands at this field, as far as clients run into it. */
export function validatePodSpec(spec: unknown, field: string): readonly StatusCause[] {
  const { containers, restartPolicy } = fieldsOf(spec);
  const found = listOf(containers);
  const names = new Set<unknown>();
  const problems = found.flatMap((container, index) =>
    validateContainer({ container, field: `${field}.containers[${index}]`, names }),
  );
  const init = listOf(fieldsOf(spec).initContainers).flatMap((container, index) =>
    validateContainer({ container, field: `${field}.initContainers[${index}]`, names }),
  );
  const policies = ['Always', 'OnFailure', 'Never'];
  return [
    ...(found.length === 0 ? [required(`${field}.containers`)] : problems),
    ...init,
    ...(restartPolicy === undefined || isOneOf(policies, restartPolicy)
      ? []
      : [unsupportedValue(`${field}.restartPolicy`, restartPolicy, policies)]),
  ];
}

/** What is wrong with a number of a port. */
export function validatePort(port: unknown, field: string): readonly StatusCause[] {
  if (port === undefined) return [required(field)];
  const isPort = typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535;
  return isPort ? [] : [invalidValue(field, port, 'must be between 1 and 65535, inclusive')];
}

function validateContainer(options: {
  readonly container: Fields;
  readonly field: string;
  readonly names: Set<unknown>;
}): readonly StatusCause[] {
  const { container, field, names } = options;
  const { name, image } = container;
  const isTaken = names.has(name);
  names.add(name);
  return [
    ...validateContainerName(name, `${field}.name`),
    ...(isTaken
      ? [{ reason: 'FieldValueDuplicate', message: `Duplicate value: ${JSON.stringify(name)}`, field: `${field}.name` }]
      : []),
    ...(image === undefined || image === '' ? [required(`${field}.image`)] : []),
    ...listOf(container.ports).flatMap((port, index) => [
      ...validatePort(port.containerPort, `${field}.ports[${index}].containerPort`),
      ...(isOneOf(PROTOCOLS, port.protocol ?? 'TCP')
        ? []
        : [unsupportedValue(`${field}.ports[${index}].protocol`, port.protocol, PROTOCOLS)]),
    ]),
  ];
}

function validateContainerName(name: unknown, field: string): readonly StatusCause[] {
  if (typeof name !== 'string' || name === '') return [required(field)];
  const problem = brokenRule(name, DNS_LABEL);
  return problem === undefined ? [] : [invalidValue(field, name, problem)];
}
