import { type Fields, isFields } from '../documents/fields.ts';
import { invalidValue, required, unsupportedValue } from '../errors/invalid.ts';
import type { StatusCause } from '../errors/status-error.ts';
import { fieldsOf, listOf } from '../objects/defaults/fields.ts';
import { brokenRule, OLD_DNS_LABEL, SUBDOMAIN } from '../objects/validation/names.ts';
import type { ObjectInput } from '../state/kubernetes-object.ts';
import { structureCauses } from './structure-causes.ts';

const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string'];

/**
 * What is wrong with a CustomResourceDefinition that clients run into: its names, its versions, what their schemas must have. It is not
 * all that a real server checks.
 */
export function definitionCauses({ metadata, spec }: ObjectInput): readonly StatusCause[] {
  const { group, names, scope, versions, conversion, preserveUnknownFields } = fieldsOf(spec);
  const { plural } = fieldsOf(names);
  const isNamed = metadata.name === `${textOf(plural)}.${textOf(group)}`;
  const { strategy = 'None' } = fieldsOf(conversion);
  return [
    ...(isNamed ? [] : [invalidValue('metadata.name', metadata.name, 'must be spec.names.plural+"."+spec.group')]),
    ...nameCauses('spec.group', group, SUBDOMAIN),
    ...oneOf('spec.scope', scope, ['Cluster', 'Namespaced']),
    ...versionsCauses(versions),
    ...namesCauses(fieldsOf(names)),
    ...(preserveUnknownFields === true ? [invalidValue('spec.preserveUnknownFields', true, NOT_AT_ROOT)] : []),
    ...oneOf('spec.conversion.strategy', strategy, ['None', 'Webhook']),
  ];
}

const NOT_AT_ROOT =
  'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead';

function namesCauses({ plural, singular, kind, listKind, shortNames }: Fields): readonly StatusCause[] {
  const cased = (field: string, name: unknown): readonly StatusCause[] => {
    if (name === undefined || name === '') return [];
    const problem = brokenRule(textOf(name).toLowerCase(), OLD_DNS_LABEL);
    const detail = `may have mixed case, but should otherwise match: ${problem ?? ''}`;
    return problem === undefined ? [] : [invalidValue(field, name, detail)];
  };
  const isSame = kind !== undefined && kind !== '' && kind === listKind;
  return [
    ...nameCauses('spec.names.plural', plural, OLD_DNS_LABEL),
    ...(singular === undefined || singular === '' ? [] : nameCauses('spec.names.singular', singular, OLD_DNS_LABEL)),
    ...(kind === undefined || kind === '' ? [required('spec.names.kind')] : cased('spec.names.kind', kind)),
    ...cased('spec.names.listKind', listKind),
    ...(isSame ? [invalidValue('spec.names.listKind', listKind, 'kind and listKind may not be the same')] : []),
    ...(Array.isArray(shortNames) ? shortNames : []).flatMap((name, index) =>
      nameCauses(`spec.names.shortNames[${index}]`, name, OLD_DNS_LABEL),
    ),
  ];
}

function versionsCauses(versions: unknown): readonly StatusCause[] {
  const all = listOf(versions);
  const isOne = all.filter(({ storage }) => storage === true).length === 1;
  const names = all.map(({ name }) => name);
  return [
    ...all.flatMap((version, index) => versionCauses(version, `spec.versions[${index}]`)),
    ...names.flatMap((name, index) =>
      names.indexOf(name) === index ? [] : [invalidValue(`spec.versions[${index}].name`, name, 'must be unique')],
    ),
    ...(isOne
      ? []
      : [invalidValue('spec.versions', versions, 'must have exactly one version marked as storage version')]),
  ];
}

function versionCauses({ name, schema, subresources, additionalPrinterColumns }: Fields, path: string) {
  const { openAPIV3Schema: root } = fieldsOf(schema);
  const { scale } = fieldsOf(subresources);
  return [
    ...nameCauses(`${path}.name`, name, OLD_DNS_LABEL),
    ...(isFields(root)
      ? structureCauses(root, 'spec.validation.openAPIV3Schema')
      : [required(`${path}.schema.openAPIV3Schema`)]),
    ...(isFields(scale) ? scaleCauses(scale) : []),
    ...listOf(additionalPrinterColumns).flatMap(columnCauses),
  ];
}

function scaleCauses({ specReplicasPath, statusReplicasPath }: Fields): readonly StatusCause[] {
  const check = (field: string, path: unknown, parent: string): readonly StatusCause[] => {
    if (path === undefined || path === '') return [required(`spec.subresources.scale.${field}`)];
    if (textOf(path).startsWith(`${parent}.`)) return [];
    return [invalidValue(`spec.subresources.scale.${field}`, path, `should be a json path under ${parent}`)];
  };
  return [
    ...check('specReplicasPath', specReplicasPath, '.spec'),
    ...check('statusReplicasPath', statusReplicasPath, '.status'),
  ];
}

function columnCauses({ name, type, jsonPath }: Fields, index: number): readonly StatusCause[] {
  const path = `spec.additionalPrinterColumns[${index}]`;
  const isPath = typeof jsonPath === 'string' && jsonPath.startsWith('.');
  const detail = 'must be a simple json path starting with .';
  return [
    ...(name === undefined || name === '' ? [required(`${path}.name`)] : []),
    ...(COLUMN_TYPES.includes(textOf(type))
      ? []
      : type === undefined || type === ''
        ? [required(`${path}.type`, `must be one of ${COLUMN_TYPES.join(',')}`)]
        : [invalidValue(`${path}.type`, type, `must be one of ${COLUMN_TYPES.join(',')}`)]),
    ...(jsonPath === undefined || jsonPath === ''
      ? [required(`${path}.JSONPath`)]
      : isPath
        ? []
        : [invalidValue(`${path}.JSONPath`, jsonPath, detail)]),
  ];
}

function nameCauses(field: string, name: unknown, rule: typeof SUBDOMAIN): readonly StatusCause[] {
  if (name === undefined || name === '') return [required(field)];
  const problem = brokenRule(textOf(name), rule);
  return problem === undefined ? [] : [invalidValue(field, name, problem)];
}

function oneOf(field: string, value: unknown, supported: readonly string[]): readonly StatusCause[] {
  if (value === undefined || value === '') return [required(field)];
  return supported.includes(textOf(value)) ? [] : [unsupportedValue(field, value, supported)];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
