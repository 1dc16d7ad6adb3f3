import type { Logger } from '@kforge/core';

function write(level: string, message: string, fields: Readonly<Record<string, unknown>> = {}): void {
  const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  process.stderr.write(`${level}: ${message}${rest.join('')}\n`);
}

/** What `--debug` shows. */
export const stderrLogger: Logger = {
  debug: (message, fields) => write('debug', message, fields),
  info: (message, fields) => write('info', message, fields),
  warn: (message, fields) => write('warn', message, fields),
  error: (message, fields) => write('error', message, fields),
};
