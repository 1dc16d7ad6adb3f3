import type { ContainerContext, ContainerExit, TimedLine } from './images.ts';

/** The units of `sleep`, in milliseconds. */
const UNITS: Readonly<Record<string, number>> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

interface Step {
  readonly words: readonly string[];
  /** Whether it runs only after a success. */
  readonly afterSuccess: boolean;
}

/**
 * The `exits` of an image with a shell: understands `echo`, `sleep`, `exit`, `true` and `false`, alone or joined by `;`, `&&` and line
 * ends in a `sh -c`. Nothing is expanded. A container whose command says anything else keeps running and says nothing.
 *
 * @example
 * images.add({ name: 'busybox', exits: shellCommand });
 */
export function shellCommand({ command, args }: ContainerContext): ContainerExit | undefined {
  const words = [...command, ...args];
  const [shell = '', flag, script, ...rest] = words;
  const isScript = /^(\/bin\/)?(ba|a)?sh$/.test(shell) && flag === '-c' && script !== undefined && rest.length === 0;
  const steps = isScript ? readScript(script) : [{ words, afterSuccess: false }];
  return steps && run(steps, isScript);
}

function run(steps: readonly Step[], isScript: boolean): ContainerExit | undefined {
  const logs: TimedLine[] = [];
  let [afterMs, code] = [0, 0];
  for (const { words, afterSuccess } of steps) {
    if (afterSuccess && code !== 0) continue;
    const [name, ...rest] = words;
    if (name === 'echo' && !/^-[neE]+$/.test(rest[0] ?? '')) {
      logs.push({ afterMs, line: rest.join(' ') });
      code = 0;
    } else if (name === 'sleep') {
      const sleepMs = durationMs(rest);
      if (sleepMs === undefined) return undefined;
      afterMs += sleepMs;
      code = 0;
    } else if ((name === 'true' || name === 'false') && rest.length === 0) {
      code = name === 'true' ? 0 : 1;
    } else if (name === 'exit' && isScript && rest.length < 2 && /^\d{0,3}$/.test(rest[0] ?? '')) {
      return { afterMs, code: rest[0] === undefined ? code : Number(rest[0]) & 255, logs };
    } else {
      return undefined;
    }
  }
  return { afterMs, code, logs };
}

function durationMs([text = '', ...rest]: readonly string[]): number | undefined {
  const [, number, unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)([smhd]?)$/.exec(text) ?? [];
  return number === undefined || rest.length > 0 ? undefined : Number(number) * (UNITS[unit] ?? 1000);
}

/** Splits a script into its commands; `undefined` when it uses what is not understood. */
function readScript(script: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  let words: string[] = [];
  let afterSuccess = false;
  let position = 0;
  const close = (joinsSuccess: boolean): boolean => {
    const isEmpty = words.length === 0;
    if (!isEmpty) steps.push({ words, afterSuccess });
    words = [];
    afterSuccess = joinsSuccess;
    return !isEmpty;
  };
  const token = /[ \t]+|(&&)|([;\n])|((?:'[^']*'|"[^"$`\\]*"|[^\s'"$`\\;&|<>()*?[\]{}#~])+)/y;
  while (position < script.length) {
    token.lastIndex = position;
    const [all, and, end, word] = token.exec(script) ?? [];
    if (all === undefined) return undefined;
    position += all.length;
    if (and !== undefined && !close(true)) return undefined;
    if (end !== undefined) {
      // A line may be empty, but nothing may be missing after `&&` or before `;`.
      if (words.length === 0 && (end === ';' || afterSuccess)) return undefined;
      close(false);
    }
    if (word !== undefined) words.push(word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'));
  }
  if (words.length === 0 && afterSuccess) return undefined;
  close(false);
  return steps;
}
