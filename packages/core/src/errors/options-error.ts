import { KforgeError } from './kforge-error.ts';

/** One thing that is wrong with the options of a call. */
export interface OptionProblem {
  /** Where it is, as a path from the options object: `ports[1].remotePort`. */
  readonly path: string;
  /** What is wrong, as a sentence. */
  readonly message: string;
}

/** The options of a call make no sense. All problems are reported at once. */
export class OptionsError extends KforgeError {
  static readonly code: 'OPTIONS_INVALID' = 'OPTIONS_INVALID';
  override readonly code: typeof OptionsError.code = OptionsError.code;
  readonly problems: readonly OptionProblem[];

  constructor(options: { readonly problems: readonly OptionProblem[]; readonly hint?: string }) {
    super({ message: options.problems.map((problem) => problem.message).join('; '), hint: options.hint });
    this.problems = options.problems;
  }
}

/** A method was called on a manager, client or forward that was disposed before. */
export class DisposedError extends KforgeError {
  static readonly code: 'DISPOSED' = 'DISPOSED';
  override readonly code: typeof DisposedError.code = DisposedError.code;

  constructor(options: { readonly what: string }) {
    super({ message: `The ${options.what} was disposed and takes no more calls` });
  }
}
