/** What a value of JSON is to Go: itself as Go writes it again, or why Go does not read it. */
export type Reading = ReadValue | Refusal;

/** A value that Go reads. */
export interface ReadValue {
  /** As Go writes it again. */
  readonly value: unknown;
}

/** Why Go does not read a value. */
export type Refusal = WrongType | { readonly problem: string };

/** JSON has another type here than Go. */
export interface WrongType {
  readonly given: unknown;
  /** As Go writes it: `int32`, `map[string]string`. */
  readonly goType: string;
}

/** Whether Go refuses the value. */
export function isRefusal(reading: Reading): reading is Refusal {
  return !('value' in reading);
}
