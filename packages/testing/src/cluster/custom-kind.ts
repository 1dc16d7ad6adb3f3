import { OBJECT_VERBS, type PrinterColumn, type ResourceKind } from '../state/resource-kind.ts';

/** A kind that a test adds to a cluster. */
export interface CustomKind {
  /** Such as `example.com`. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The plural name in paths. @default the kind in lower case with an s */
  readonly resource?: string | undefined;
  /** @default true */
  readonly namespaced?: boolean | undefined;
  readonly shortNames?: readonly string[] | undefined;
  readonly categories?: readonly string[] | undefined;
  /** Whether its status is a subresource. @default true */
  readonly hasStatus?: boolean | undefined;
  /** What tables show beside the name. @default the age */
  readonly printerColumns?: readonly PrinterColumn[] | undefined;
}

/** Completes it. */
export function customKind({
  kind,
  hasStatus = true,
  shortNames,
  categories,
  printerColumns,
  ...rest
}: CustomKind): ResourceKind {
  const singular = kind.toLowerCase();
  return {
    group: rest.group,
    version: rest.version,
    kind,
    resource: rest.resource ?? `${singular}s`,
    singular,
    namespaced: rest.namespaced ?? true,
    verbs: OBJECT_VERBS,
    countsGenerations: true,
    isCustom: true,
    ...(hasStatus && { subresources: [{ name: 'status', kind, verbs: ['get', 'patch', 'update'] }] }),
    ...(shortNames && { shortNames }),
    ...(categories && { categories }),
    ...(printerColumns && { printerColumns }),
  };
}
