import { BUILT_IN_KINDS } from './built-in-kinds.ts';
import { apiVersionOf, type ResourceKind } from './resource-kind.ts';

/** The kinds that one cluster knows: the built-in ones, and what tests and CustomResourceDefinitions add. */
export class ResourceKinds {
  readonly #byKind = new Map<string, ResourceKind>();
  readonly #byResource = new Map<string, ResourceKind>();

  constructor(kinds: readonly ResourceKind[] = BUILT_IN_KINDS) {
    for (const kind of kinds) this.register(kind);
  }

  /** Every kind, in the order in which they were registered. */
  get all(): readonly ResourceKind[] {
    return [...this.#byKind.values()];
  }

  /** The kind of an object by its `apiVersion` and `kind`. */
  find({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): ResourceKind | undefined {
    return this.#byKind.get(`${apiVersion}/${kind}`);
  }

  /** The kind that stands behind a path. */
  findResource(path: Pick<ResourceKind, 'group' | 'version' | 'resource'>): ResourceKind | undefined {
    return this.#byResource.get(resourceText(path));
  }

  /** @throws TypeError when the kind or the resource is registered already. */
  register(kind: ResourceKind): void {
    const [byKind, byResource] = [`${apiVersionOf(kind)}/${kind.kind}`, resourceText(kind)];
    if (this.#byKind.has(byKind) || this.#byResource.has(byResource)) {
      throw new TypeError(`The kind ${byKind} with the resource ${kind.resource} is registered already`);
    }
    this.#byKind.set(byKind, kind);
    this.#byResource.set(byResource, kind);
  }

  /** Takes a kind away; objects of it are not found any more. */
  unregister(kind: ResourceKind): void {
    this.#byKind.delete(`${apiVersionOf(kind)}/${kind.kind}`);
    this.#byResource.delete(resourceText(kind));
  }
}

function resourceText(path: Pick<ResourceKind, 'group' | 'version' | 'resource'>): string {
  return `${apiVersionOf(path)}/${path.resource}`;
}
