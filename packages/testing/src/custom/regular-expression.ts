/** The character classes of POSIX that stand in brackets. */
const CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  digit: '0-9',
  lower: 'a-z',
  upper: 'A-Z',
  space: '\\t\\n\\v\\f\\r ',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

/**
 * A pattern in the syntax of Go (RE2) as a regular expression of JavaScript: with flags in front, `\A`, `\z`, named groups and POSIX
 * classes as Go writes them.
 *
 * @throws SyntaxError for one that JavaScript cannot express.
 */
export function regularExpression(pattern: string): RegExp {
  const [, flags = '', rest = ''] = /^(?:\(\?([ims]+)\))?(.*)$/s.exec(pattern) ?? [];
  const source = rest
    .replaceAll(/\\[\s\S]|\(\?P</g, (found) => ({ '\\A': '^', '\\z': '$', '(?P<': '(?<' })[found] ?? found)
    .replaceAll(/\[:(\w+):\]/g, (found, name: string) => CLASSES[name] ?? found);
  try {
    return new RegExp(source, `u${flags}`);
  } catch (error) {
    // Without the flag, escapes that stand for nothing stand for themselves; one for a class would, too.
    if (!(error instanceof SyntaxError) || /\\p/i.test(source)) throw error;
    return new RegExp(source, flags);
  }
}
