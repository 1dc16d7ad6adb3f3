import { fieldsOf } from '../objects/defaults/fields.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { PrinterColumn, ResourceKind } from '../state/resource-kind.ts';
import { countOf, listOf, textOf } from './read-field.ts';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/**
 * The kind that a CustomResourceDefinition defines, in the version that is stored; none where names are missing. Other versions are not
 * served, because nothing converts between them.
 */
export function customKinds(definition: KubernetesObject): readonly ResourceKind[] {
  const { group, names, scope, versions } = fieldsOf(definition.spec);
  const { kind, plural, singular, shortNames, categories } = fieldsOf(names);
  const [groupName, kindName, resource] = [group, kind, plural].map((name) => textOf(name, ''));
  if (!groupName || !kindName || !resource) return [];
  return listOf(versions).flatMap((version): readonly ResourceKind[] => {
    const { name, served, storage, additionalPrinterColumns, subresources } = fieldsOf(version);
    if (typeof name !== 'string' || served !== true || storage !== true) return [];
    const hasStatus = fieldsOf(subresources).status !== undefined;
    return [
      {
        group: groupName,
        version: name,
        kind: kindName,
        resource,
        singular: textOf(singular, kindName.toLowerCase()),
        namespaced: scope !== 'Cluster',
        verbs: VERBS,
        shortNames: textList(shortNames),
        categories: textList(categories),
        subresources: hasStatus ? [{ name: 'status', kind: kindName, verbs: ['get', 'patch', 'update'] }] : [],
        countsGenerations: true,
        isCustom: true,
        printerColumns: listOf(additionalPrinterColumns).flatMap(printerColumn),
      },
    ];
  });
}

function textList(value: unknown): readonly string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}

function printerColumn(column: unknown): readonly PrinterColumn[] {
  const { name, type, jsonPath, priority } = fieldsOf(column);
  if (typeof name !== 'string' || typeof jsonPath !== 'string') return [];
  return [{ name, type: textOf(type, 'string'), jsonPath, priority: countOf(priority, 0) }];
}
