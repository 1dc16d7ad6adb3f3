import path from 'node:path';
import { KubeconfigInvalidError } from '../../errors/kubeconfig-errors.ts';
import { isRecord } from '../fields.ts';
import type { KubeconfigEntry, Material } from './kubeconfig.ts';

/** Reads the fields of one entry of a kubeconfig, and says which file and field is at fault when one does not fit. */
export class FieldReader {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #where: string;
  readonly #file: string | undefined;

  constructor(options: { readonly entry: KubeconfigEntry; readonly where: string }) {
    this.#fields = options.entry.fields;
    this.#file = options.entry.file;
    this.#where = options.where;
  }

  /** The folder that relative paths of this entry refer to. */
  get folder(): string {
    return this.#file === undefined ? process.cwd() : path.dirname(this.#file);
  }

  /** A text; numbers and truth values that YAML made of one are taken as text, an empty one as missing. */
  text(field: string): string | undefined {
    const value = this.#own(field);
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw this.invalid(field, 'is no text');
  }

  /** @throws {KubeconfigInvalidError} when it is missing */
  requiredText(field: string): string {
    const value = this.text(field);
    if (value === undefined) throw this.invalid(field, 'is missing');
    return value;
  }

  flag(field: string): boolean {
    const value = this.#own(field) ?? false;
    if (typeof value !== 'boolean') throw this.invalid(field, 'is neither true nor false');
    return value;
  }

  /** A list, empty when it is missing. */
  list(field: string): readonly unknown[] {
    const value = this.#own(field) ?? [];
    if (!Array.isArray(value)) throw this.invalid(field, 'is no list');
    return value;
  }

  texts(field: string): readonly string[] {
    return this.list(field).map((value) => {
      if (typeof value === 'string') return value;
      if (typeof value === 'number' || typeof value === 'boolean') return String(value);
      throw this.invalid(field, 'holds something that is no text');
    });
  }

  /** A field with fields of its own. */
  record(field: string): Readonly<Record<string, unknown>> | undefined {
    const value = this.#own(field);
    if (value === undefined || value === null) return undefined;
    if (!isRecord(value)) throw this.invalid(field, 'has no fields');
    return value;
  }

  /** A reader of a field with fields of its own. */
  nested(field: string): FieldReader | undefined {
    const fields = this.record(field);
    if (fields === undefined) return undefined;
    return new FieldReader({ entry: { name: field, fields, file: this.#file }, where: `${this.#where}.${field}` });
  }

  /** A path, made absolute: relative ones refer to the kubeconfig's folder. */
  file(field: string): string | undefined {
    const value = this.text(field);
    return value === undefined ? undefined : path.resolve(this.folder, value);
  }

  /** PEM text from `<field>-data`, which counts more, or the file that `<field>` names. */
  material(field: string): Material | undefined {
    const encoded = this.text(`${field}-data`);
    if (encoded !== undefined) return { data: this.#decode(`${field}-data`, encoded) };
    const file = this.file(field);
    return file === undefined ? undefined : { file };
  }

  #decode(field: string, encoded: string): string {
    const decoded = Buffer.from(encoded, 'base64').toString('latin1');
    if (!decoded.includes('-----BEGIN ')) throw this.invalid(field, 'is not a PEM block in base64');
    return decoded;
  }

  #own(field: string): unknown {
    return Object.hasOwn(this.#fields, field) ? this.#fields[field] : undefined;
  }

  /** The error for a field of this entry. The value is left out: it may be a secret. */
  invalid(field: string, problem: string): KubeconfigInvalidError {
    const file = this.#file;
    return new KubeconfigInvalidError({
      message: `${file === undefined ? 'The kubeconfig' : `The kubeconfig ${file}`}: ${this.#where}.${field} ${problem}`,
      ...(file === undefined ? {} : { file }),
    });
  }
}
