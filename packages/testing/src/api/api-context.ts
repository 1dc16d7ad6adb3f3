import type { Clock } from '../clock/clock.ts';
import type { Addresses } from '../objects/addresses.ts';
import type { NameGenerator } from '../objects/name-generator.ts';
import type { ObjectStore } from '../state/object-store.ts';
import type { ListPages } from './list-pages.ts';
import type { TypeKnowledge } from './type-knowledge.ts';

/** What reading and writing objects over HTTP needs of the cluster. */
export interface ApiContext {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly names: NameGenerator;
  readonly addresses: Addresses;
  readonly types: TypeKnowledge;
  readonly pages: ListPages;
}
