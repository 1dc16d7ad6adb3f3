import type { Clock } from '../clock/clock.ts';
import { notAcceptable } from '../errors/refusals.ts';
import { badRequest } from '../errors/statuses.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { apiVersionOf, type ResourceKind } from '../state/resource-kind.ts';
import type { ListPage } from './list-pages.ts';
import { type IncludeObject, objectTable } from './tables/object-table.ts';

/** The form in which a client gets objects, after its `Accept` header. */
export interface ObjectFormat {
  readonly contentType: string;
  /** One object as a body. */
  one(object: KubernetesObject): unknown;
  /** A page of a list. */
  list(page: ListPage): unknown;
  /** One object inside a watch event; only the first one of a table brings the columns. */
  event(object: KubernetesObject, first: boolean): unknown;
}

/**
 * Chooses the form: plain JSON, `Table`, or `PartialObjectMetadata` (all of `meta.k8s.io/v1`), the first that the header names.
 *
 * @throws StatusError 406 when the client takes no JSON at all.
 */
export function objectFormat(options: {
  readonly accept: string | undefined;
  readonly kind: ResourceKind;
  readonly query: URLSearchParams;
  /** Tables tell ages. */
  readonly clock: Pick<Clock, 'now'>;
}): ObjectFormat {
  const { accept, kind, query, clock } = options;
  for (const range of (accept ?? '*/*').split(',')) {
    const [mediaType, ...parameters] = range.split(';').map((part) => part.trim());
    if (mediaType !== 'application/json' && mediaType !== '*/*' && mediaType !== 'application/*') continue;
    const as = parameters.find((parameter) => parameter.startsWith('as='))?.slice('as='.length);
    if (as === undefined) return plainFormat(kind);
    if (!parameters.includes('g=meta.k8s.io') || !parameters.includes('v=v1')) continue;
    if (as === 'Table') return tableFormat({ kind, include: includeObject(query), clock });
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return metadataFormat();
  }
  throw notAcceptable(['application/json']);
}

function plainFormat(kind: ResourceKind): ObjectFormat {
  return {
    contentType: 'application/json',
    one: (object) => object,
    list: (page) => ({
      kind: `${kind.kind}List`,
      apiVersion: apiVersionOf(kind),
      metadata: listMetadata(page),
      // The items of built-in lists do not say their kind; those of custom resources do.
      items: kind.isCustom === true ? page.items : page.items.map(withoutType),
    }),
    event: (object) => object,
  };
}

function withoutType({ apiVersion: _apiVersion, kind: _kind, ...rest }: KubernetesObject): unknown {
  return rest;
}

function listMetadata({ revision, continueToken, remaining }: ListPage): object {
  return { resourceVersion: String(revision), continue: continueToken, remainingItemCount: remaining };
}

function tableFormat(options: {
  readonly kind: ResourceKind;
  readonly include: IncludeObject;
  readonly clock: Pick<Clock, 'now'>;
}): ObjectFormat {
  const { kind, include, clock } = options;
  const ofOne = (object: KubernetesObject, columns: boolean) =>
    objectTable({
      kind,
      objects: isBookmark(object) ? [] : [object],
      resourceVersion: object.metadata.resourceVersion,
      includeObject: include,
      now: clock.now(),
      columns,
    });
  return {
    contentType: 'application/json;as=Table;g=meta.k8s.io;v=v1',
    one: (object) => ofOne(object, true),
    list: (page) => ({
      ...(objectTable({
        kind,
        objects: page.items,
        resourceVersion: String(page.revision),
        includeObject: include,
        now: clock.now(),
      }) as object),
      metadata: listMetadata(page),
    }),
    event: ofOne,
  };
}

function metadataFormat(): ObjectFormat {
  const apiVersion = 'meta.k8s.io/v1';
  const metadataOf = ({ metadata }: KubernetesObject) => ({ kind: 'PartialObjectMetadata', apiVersion, metadata });
  return {
    contentType: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
    one: metadataOf,
    list: (page) => ({
      kind: 'PartialObjectMetadataList',
      apiVersion,
      metadata: listMetadata(page),
      items: page.items.map(metadataOf),
    }),
    event: metadataOf,
  };
}

/** A bookmark has no name: there is nothing of it to show in a row. */
function isBookmark(object: KubernetesObject): boolean {
  return object.metadata.name === undefined;
}

function includeObject(query: URLSearchParams): IncludeObject {
  const value = query.get('includeObject') ?? '';
  if (value === '') return 'Metadata';
  if (value === 'None' || value === 'Metadata' || value === 'Object') return value;
  throw badRequest(`unrecognized includeObject value: "${value}"`);
}
