import { CredentialsInvalidError } from '../../errors/credential-errors.ts';
import type { Logger } from '../../log/logger.ts';
import type { Material } from '../kubeconfig/kubeconfig.ts';
import { describeFileError, readLimitedFile } from '../kubeconfig/read-limited-file.ts';

const REREAD_AFTER_MS = 60_000;
const MAX_FILE_BYTES = 1024 * 1024;

/** The files of one credential, and what they are to become. */
export interface CachedFilesOptions<T> {
  readonly user: string;
  readonly materials: readonly Material[];
  /** Makes the value from the content, in the order of `materials`. */
  readonly build: (contents: readonly string[]) => T;
  readonly logger: Logger;
  /** Milliseconds since some fixed time. @default performance.now */
  readonly now?: (() => number) | undefined;
}

/**
 * A value made of files that others replace now and then: tokens, certificates. They are read again a minute after the last time, or at
 * once when the server has rejected the value; while the content stays, so does the value. A replacement that cannot be read is reported
 * to the logger and the old value kept.
 */
export class CachedFiles<T> {
  readonly #options: CachedFilesOptions<T>;
  readonly #now: () => number;
  #cached: { readonly value: T; readonly contents: readonly string[] } | undefined;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(options: CachedFilesOptions<T>) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** @throws {CredentialsInvalidError} when the first read fails */
  async get(options: { readonly fresh: boolean }): Promise<T> {
    const isDue = this.#now() - this.#readAt >= REREAD_AFTER_MS;
    if (this.#cached && !isDue && !options.fresh) return this.#cached.value;
    try {
      const contents = await Promise.all(this.#options.materials.map((material) => this.#read(material)));
      const isSame = this.#cached?.contents.every((content, index) => content === contents[index]) ?? false;
      if (!this.#cached || !isSame) this.#cached = { value: this.#options.build(contents), contents };
    } catch (error) {
      if (!this.#cached) throw error;
      this.#options.logger.warn('A replaced credential file cannot be used; going on with what it held before', {
        error: String(error),
      });
    }
    this.#readAt = this.#now();
    return this.#cached.value;
  }

  async #read(material: Material): Promise<string> {
    if ('data' in material) return material.data;
    try {
      return (await readLimitedFile({ file: material.file, maxBytes: MAX_FILE_BYTES })).toString('utf8');
    } catch (error) {
      throw new CredentialsInvalidError({
        message: `The file ${material.file}, which the user "${this.#options.user}" of the kubeconfig names, ${describeFileError(error)}`,
        user: this.#options.user,
        hint: 'Log in to the cluster again, or correct the path in the kubeconfig.',
        cause: error,
      });
    }
  }
}
