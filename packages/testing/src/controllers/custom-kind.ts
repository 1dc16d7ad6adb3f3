import { CustomRules } from '../custom/custom-rules.ts';
import { type Fields, isFields } from '../documents/fields.ts';
import { fieldsOf } from '../objects/defaults/fields.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import {
  OBJECT_VERBS,
  type ObjectRules,
  type PrinterColumn,
  type ResourceKind,
  type ScalePaths,
  type Subresource,
} from '../state/resource-kind.ts';
import { countOf, listOf, textOf } from './read-field.ts';

const CHANGE = ['get', 'patch', 'update'];

/** What a CustomResourceDefinition defines. */
export interface CustomKinds {
  /** The kind in each version that is served, that which is marked for storage first; none where names are missing. */
  readonly kinds: readonly ResourceKind[];
  /** The rules of the version that is marked for storage, served or not. */
  readonly storage: ObjectRules | undefined;
}

/** The kinds of a definition. Rules that are among the earlier kinds are taken from there. */
export function customKinds(definition: KubernetesObject, earlier: readonly ResourceKind[] = []): CustomKinds {
  const { group, names, versions, scope } = fieldsOf(definition.spec);
  const { kind, plural, singular, shortNames, categories } = fieldsOf(names);
  const [groupName, kindName, resource] = [group, kind, plural].map((name) => textOf(name, ''));
  if (!groupName || !kindName || !resource) return { kinds: [], storage: undefined };
  const all = listOf(versions)
    .map(fieldsOf)
    .sort((one, other) => Number(other.storage === true) - Number(one.storage === true))
    .map((version) => {
      const { name, served, storage, additionalPrinterColumns, subresources } = version;
      const scalePaths = scalePathsOf(fieldsOf(subresources).scale);
      const known: ResourceKind = {
        group: groupName,
        version: textOf(name, ''),
        kind: kindName,
        resource,
        singular: textOf(singular, kindName.toLowerCase()),
        namespaced: scope !== 'Cluster',
        verbs: OBJECT_VERBS,
        shortNames: textList(shortNames),
        categories: textList(categories),
        subresources: [
          ...(fieldsOf(subresources).status === undefined ? [] : [{ name: 'status', kind: kindName, verbs: CHANGE }]),
          ...(scalePaths ? [SCALE] : []),
        ],
        countsGenerations: true,
        isCustom: true,
        rules: rulesOf(version, scalePaths, earlier),
        scalePaths,
        printerColumns: listOf(additionalPrinterColumns).flatMap(printerColumn),
      };
      return { known, isServed: served === true && known.version !== '', isStorage: storage === true };
    });
  return {
    kinds: all.filter(({ isServed }) => isServed).map(({ known }) => known),
    storage: all.find(({ isStorage }) => isStorage)?.known.rules,
  };
}

const SCALE: Subresource = { name: 'scale', kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: CHANGE };

function rulesOf(
  { name, schema }: Fields,
  scalePaths: ScalePaths | undefined,
  earlier: readonly ResourceKind[],
): ObjectRules | undefined {
  const { openAPIV3Schema: root } = fieldsOf(schema);
  if (!isFields(root)) return undefined;
  const before = earlier.find(({ version }) => version === name)?.rules;
  if (before instanceof CustomRules && before.equals(root, scalePaths)) return before;
  return new CustomRules({ schema: root, scalePaths });
}

function scalePathsOf(scale: unknown): ScalePaths | undefined {
  const { specReplicasPath, statusReplicasPath, labelSelectorPath } = fieldsOf(scale);
  if (typeof specReplicasPath !== 'string' || typeof statusReplicasPath !== 'string') return undefined;
  const selector = typeof labelSelectorPath === 'string' ? labelSelectorPath : undefined;
  return { specReplicasPath, statusReplicasPath, labelSelectorPath: selector };
}

function textList(value: unknown): readonly string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}

function printerColumn(column: unknown): readonly PrinterColumn[] {
  const { name, type, jsonPath, priority } = fieldsOf(column);
  if (typeof name !== 'string' || typeof jsonPath !== 'string') return [];
  return [{ name, type: textOf(type, 'string'), jsonPath, priority: countOf(priority, 0) }];
}
