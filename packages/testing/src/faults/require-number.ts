/** @returns the value @throws RangeError unless it is a whole number, `least` (by default 0) or more. */
export function requireCount(name: string, value: number, { least = 0 }: { readonly least?: number } = {}): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(`${name} must be a whole number from ${least} on, not ${value}`);
}

/** @returns the value @throws RangeError unless it is a number of milliseconds, 0 or more. */
export function requireDuration(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new RangeError(`${name} must be a number from 0 on, not ${value}`);
}

/** @returns the value @throws RangeError unless it is from 0 to 1. */
export function requireFraction(name: string, value: number): number {
  if (value >= 0 && value <= 1) return value;
  throw new RangeError(`${name} must be from 0 to 1, not ${value}`);
}

/** @returns the value @throws RangeError unless it is a finite number above 0. */
export function requireSpeed(name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new RangeError(`${name} must be a number above 0, not ${value}`);
}
