import type { Ajv as AjvClass, ValidateFunction } from 'ajv';
import type { Fields } from '../documents/fields.ts';
import { FORMATS } from './formats.ts';
import { regularExpression } from './regular-expression.ts';

/**
 * Compiles JSON Schema to a function that finds every mistake, with the value that makes it.
 *
 * @throws SyntaxError for a pattern that JavaScript cannot express, Error for a keyword whose value makes no sense.
 */
export function compileSchema({
  Ajv,
  schema,
}: {
  readonly Ajv: typeof AjvClass;
  readonly schema: Fields;
}): ValidateFunction {
  const regExp = Object.assign((pattern: string) => regularExpression(pattern), { code: 'regularExpression' });
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    // The schema was read field by field before.
    meta: false,
    validateSchema: false,
    addUsedSchema: false,
    // A field such as `constructor` is only there when the object itself has it.
    ownProperties: true,
    formats: FORMATS,
    code: { regExp },
    logger: false,
  });
  return ajv.compile(schema);
}
