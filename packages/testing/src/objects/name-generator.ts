import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Without vowels and without what looks alike, as Kubernetes chooses them: no suffix is a word. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
/** The longest prefix of a generated name, in characters. */
const MAX_PREFIX = 58;

/** Makes up the ends of names. Two clusters with the same seed make the same ones in the same order. */
export class NameGenerator {
  readonly #random: ReturnType<typeof xoroshiro128plus>;

  constructor({ seed }: { readonly seed: number }) {
    this.#random = xoroshiro128plus(seed);
  }

  /** A prefix, cut where it is too long, and five random characters. */
  nameFrom(prefix: string): string {
    return `${prefix.slice(0, MAX_PREFIX)}${this.suffix()}`;
  }

  /** Random characters. */
  suffix(length = 5): string {
    const pick = (): string => ALPHABET[uniformInt(this.#random, 0, ALPHABET.length - 1)] ?? '';
    return Array.from({ length }, pick).join('');
  }
}
