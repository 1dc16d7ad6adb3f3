import { isDeepStrictEqual } from 'node:util';
import type { ValidateFunction } from 'ajv';
import type { Fields } from '../documents/fields.ts';
import { notImplemented } from '../errors/refusals.ts';
import type { StatusCause } from '../errors/status-error.ts';
import { fieldsOf } from '../objects/defaults/fields.ts';
import type { KubernetesObject, ObjectInput } from '../state/kubernetes-object.ts';
import type { ObjectRules, ResourceKind, ScalePaths } from '../state/resource-kind.ts';
import { applyDefaults } from './apply-defaults.ts';
import { compileSchema } from './compile-schema.ts';
import { embeddedCauses } from './embedded-causes.ts';
import { isUnchanged } from './is-unchanged.ts';
import { jsonSchema } from './json-schema.ts';
import { listCauses } from './list-causes.ts';
import { pruneUnknown } from './prune-unknown.ts';
import { replicaCauses } from './replica-causes.ts';
import { schemaCauses } from './schema-causes.ts';
import { type StructuralSchema, structuralSchema } from './structural-schema.ts';

/** The most causes of one refusal; a real server names them all. */
const MAX_CAUSES = 1000;

interface Checks {
  readonly ofObject: ValidateFunction;
  readonly ofStatus: ValidateFunction;
}

/**
 * The rules of a custom kind, from the `openAPIV3Schema` of its definition: which fields it has, their defaults, and what they can be.
 * Rules in CEL (`x-kubernetes-validations`) are not evaluated.
 */
export class CustomRules implements ObjectRules {
  /** The schema as the definition has it. */
  readonly schema: Fields;
  readonly #structure: StructuralSchema;
  readonly #scalePaths: ScalePaths | undefined;
  #checks: Promise<Checks | string> | undefined;
  #loaded: Checks | string | undefined;

  constructor({ schema, scalePaths }: { readonly schema: Fields; readonly scalePaths?: ScalePaths | undefined }) {
    this.schema = schema;
    this.#structure = structuralSchema(schema);
    this.#scalePaths = scalePaths;
  }

  /** Whether another definition has the same rules, so that what is compiled of them stays. */
  equals(schema: unknown, scalePaths: ScalePaths | undefined): boolean {
    return schema === this.schema && isDeepStrictEqual(scalePaths, this.#scalePaths);
  }

  async load(): Promise<void> {
    this.#checks ??= this.#compile();
    this.#loaded = await this.#checks;
  }

  decode(object: Fields): { readonly object: Fields; readonly unknown: readonly string[] } {
    const pruned = pruneUnknown({ object, schema: this.#structure });
    return { object: applyDefaults(pruned.object, this.#structure), unknown: pruned.unknown };
  }

  causes(change: {
    readonly object: ObjectInput;
    readonly before?: KubernetesObject | undefined;
    readonly subresource?: string | undefined;
  }): readonly StatusCause[] {
    const { object, before, subresource } = change;
    const inLists = listCauses(object, this.#structure);
    // Where there were duplicates already, they are forgiven.
    const isForgiven = inLists.length > 0 && before !== undefined && listCauses(before, this.#structure).length > 0;
    return [
      ...this.#schemaCauses(object, before, subresource === 'status'),
      ...(this.#scalePaths ? replicaCauses(object, this.#scalePaths) : []),
      ...embeddedCauses(object, this.#structure),
      ...(isForgiven ? [] : inLists),
    ].slice(0, MAX_CAUSES);
  }

  #schemaCauses(object: ObjectInput, before: ObjectInput | undefined, isStatus: boolean): readonly StatusCause[] {
    if (!this.#loaded) throw new TypeError('The rules of a custom kind are asked before they are loaded');
    // A pattern of Go that JavaScript does not have, for one.
    if (typeof this.#loaded === 'string') throw notImplemented(`the schema of this kind: ${this.#loaded}`);
    const { ofObject, ofStatus } = this.#loaded;
    const [check, value, old] = isStatus ? [ofStatus, object.status, before?.status] : [ofObject, object, before];
    if (value === undefined || check(value)) return [];
    const checked = { value, schema: check.schema, field: isStatus ? 'status' : undefined };
    return schemaCauses(check.errors ?? [], checked)
      .filter(({ steps }) => before === undefined || !isUnchanged(old, value, steps))
      .map(({ cause }) => cause);
  }

  /** @returns why, when the schema cannot be compiled */
  async #compile(): Promise<Checks | string> {
    const { Ajv } = await import('ajv');
    const status = fieldsOf(fieldsOf(this.schema.properties).status);
    try {
      return {
        ofObject: compileSchema({ Ajv, schema: jsonSchema(this.schema) }),
        ofStatus: compileSchema({ Ajv, schema: jsonSchema(status) }),
      };
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

/** Makes the rules of a kind ready, also those that take their place meanwhile. */
export async function loadRules(kind: ResourceKind): Promise<void> {
  for (let loaded: ObjectRules | undefined; loaded !== kind.rules; ) {
    loaded = kind.rules;
    await loaded?.load();
  }
}
