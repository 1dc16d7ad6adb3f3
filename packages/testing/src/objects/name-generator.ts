import { SeededRandom } from '../random/seeded-random.ts';

/** Without vowels and without what looks alike, as Kubernetes chooses them: no suffix is a word. */
const ALPHABET = [...'bcdfghjklmnpqrstvwxz2456789'];
/** The longest prefix of a generated name, in characters. */
const MAX_PREFIX = 58;

/** Makes up the ends of names. Two clusters with the same seed make the same ones in the same order. */
export class NameGenerator {
  readonly #random: SeededRandom;

  constructor({ seed }: { readonly seed: number | SeededRandom }) {
    this.#random = new SeededRandom(seed);
  }

  /** One that makes up the same names from here on, without a trace in this one: for what is only tried. */
  fork(): NameGenerator {
    return new NameGenerator({ seed: this.#random });
  }

  /** A prefix, cut where it is too long, and five random characters. */
  nameFrom(prefix: string): string {
    return `${prefix.slice(0, MAX_PREFIX)}${this.suffix()}`;
  }

  /** Random characters. */
  suffix(length = 5): string {
    return Array.from({ length }, () => this.#random.pick(ALPHABET)).join('');
  }
}
