/**
 * The messages that JSON writes not as an object with their fields but as something of their own: Go has a `MarshalJSON` for each.
 * A schema treats them as scalars.
 */
const SINGLE_VALUES = new Set([
  'apiextensions.v1.JSON',
  'apiextensions.v1.JSONSchemaPropsOrArray',
  'apiextensions.v1.JSONSchemaPropsOrBool',
  'apiextensions.v1.JSONSchemaPropsOrStringArray',
  'authentication.v1.ExtraValue',
  'authorization.v1.ExtraValue',
  'certificates.v1.ExtraValue',
  'intstr.IntOrString',
  'meta.v1.Duration',
  'meta.v1.FieldsV1',
  'meta.v1.MicroTime',
  'meta.v1.Time',
  'meta.v1.Verbs',
  'resource.Quantity',
  'runtime.RawExtension',
]);

/** Whether JSON has one value, be it a string, a list or free JSON, where protobuf has the message of this name. */
export function isSingleValue(type: string): boolean {
  return SINGLE_VALUES.has(type);
}
