import { isFields } from '../documents/fields.ts';
import type { ObjectInput } from '../state/kubernetes-object.ts';

/**
 * The objects in manifests: YAML or JSON of one or more documents, lists (`kind: List`) taken apart.
 *
 * @throws TypeError for a document that is no object of Kubernetes, Error for text that is no YAML.
 */
export async function readManifests(text: string): Promise<readonly ObjectInput[]> {
  // Loaded here, because most clusters never need it.
  const { parseYamlDocuments } = await import('../documents/yaml.ts');
  return parseYamlDocuments(text).flatMap((document) => {
    const isList = isFields(document) && document.kind === 'List' && Array.isArray(document.items);
    return isList ? (document.items as readonly unknown[]).map(requireObject) : [requireObject(document)];
  });
}

function requireObject(value: unknown): ObjectInput {
  const name = isFields(value) && isFields(value.metadata) ? value.metadata.name : undefined;
  if (
    !isFields(value) ||
    typeof value.apiVersion !== 'string' ||
    typeof value.kind !== 'string' ||
    typeof name !== 'string'
  ) {
    throw new TypeError('A manifest needs apiVersion, kind and metadata.name');
  }
  return value as ObjectInput;
}
