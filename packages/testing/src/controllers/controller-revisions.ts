import { isDeepStrictEqual } from 'node:util';
import { fieldsOf } from '../objects/defaults/fields.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { ControlledObjects } from './controlled-objects.ts';
import type { ControllerContext } from './controller-context.ts';
import { deleteOwned } from './delete-owned.ts';
import { takesObjects } from './make-pod.ts';
import { controllerReference } from './owner-reference.ts';
import { countOf, textsOf } from './read-field.ts';
import { templateHash } from './template-hash.ts';

const KIND = builtInKind('ControllerRevision');

/** The templates that StatefulSets and DaemonSets had: each one as a ControllerRevision. */
export class ControllerRevisions {
  readonly #context: ControllerContext;
  readonly #hashLabel: string;
  readonly #controlled: ControlledObjects;

  /** @param options `hashLabel`: the label that tells the hash of a revision. */
  constructor({ context, hashLabel }: { readonly context: ControllerContext; readonly hashLabel: string }) {
    this.#context = context;
    this.#hashLabel = hashLabel;
    this.#controlled = new ControlledObjects({ store: context.store, kind: KIND, signal: context.signal });
  }

  /** The hash of a revision. */
  hashOf({ metadata }: KubernetesObject): string {
    return metadata.labels?.[this.#hashLabel] ?? '';
  }

  /** The template that a revision stands for. */
  templateOf({ data }: KubernetesObject): Readonly<Record<string, unknown>> {
    const { $patch: _patch, ...template } = fieldsOf(fieldsOf(fieldsOf(data).spec).template);
    return template;
  }

  /** A revision of an owner by its name. */
  find(owner: KubernetesObject, name: unknown): KubernetesObject | undefined {
    return this.#controlled.of(owner).find(({ metadata }) => metadata.name === name);
  }

  /**
   * The revision of the present template, which is made when there is none, and becomes the latest when an earlier one is used again.
   *
   * @returns undefined where the namespace takes nothing new
   */
  current(owner: KubernetesObject): KubernetesObject | undefined {
    const { store } = this.#context;
    const template = fieldsOf(fieldsOf(owner.spec).template);
    const all = this.#controlled.of(owner);
    const latest = all.reduce((number, { revision }) => Math.max(number, countOf(revision, 0)), 0);
    const same = all.find((revision) => isDeepStrictEqual(this.templateOf(revision), template));
    if (same?.revision === latest) return same;
    if (same) return store.replace({ ...same, revision: latest + 1 });
    const { namespace, name } = owner.metadata;
    if (!takesObjects(store, namespace)) return undefined;
    const hash = this.#freeHash(owner, template);
    return store.add({
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: {
        name: `${name}-${hash}`,
        namespace,
        labels: { ...textsOf(fieldsOf(template.metadata).labels), [this.#hashLabel]: hash },
        ownerReferences: [controllerReference(owner)],
      },
      data: { spec: { template: { ...template, $patch: 'replace' } } },
      revision: latest + 1,
    });
  }

  /** Deletes the oldest revisions beyond what the history keeps; those in use stay. */
  forget(owner: KubernetesObject, isInUse: (revision: KubernetesObject) => boolean): void {
    const unused = this.#controlled.of(owner).filter((revision) => !isInUse(revision));
    const limit = countOf(fieldsOf(owner.spec).revisionHistoryLimit, 10);
    const oldest = [...unused].sort((left, right) => countOf(left.revision, 0) - countOf(right.revision, 0));
    for (const revision of oldest.slice(0, Math.max(0, unused.length - limit))) deleteOwned(this.#context, revision);
  }

  #freeHash({ metadata: { namespace, name } }: KubernetesObject, template: unknown): string {
    const isTaken = (hash: string): boolean =>
      this.#context.store.get({ kind: KIND, namespace, name: `${name}-${hash}` }) !== undefined;
    let collisions = 0;
    while (isTaken(templateHash(template, collisions))) collisions += 1;
    return templateHash(template, collisions);
  }
}
