import { badRequest } from '../errors/statuses.ts';
import { brokenRule, LABEL_KEY, LABEL_VALUE } from '../objects/validation/names.ts';

/** Says whether an object with these labels is selected. */
export type LabelPredicate = (labels: Readonly<Record<string, string>>) => boolean;

type Token = string;

const OPERATORS = ['!=', '==', '=', '(', ')', ',', '!', '<', '>'];
const INTEGER = /^-?\d{1,15}$/;
/** The longest selector that is parsed, in characters. */
const MAX_LENGTH = 16 * 1024;

/**
 * Parses a label selector: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a`, `!a`, `a>1`, `a<1`, joined by commas.
 *
 * As in Kubernetes, `!=` and `notin` select objects that lack the label.
 *
 * @throws StatusError 400 when the text is no selector.
 */
export function parseLabelSelector(text: string): LabelPredicate {
  if (text.length > MAX_LENGTH) throw badRequest(`a label selector is longer than ${MAX_LENGTH} characters`);
  const tokens = tokenize(text);
  if (tokens.length === 0) return () => true;
  const requirements: LabelPredicate[] = [];
  do requirements.push(parseRequirement(tokens));
  while (tokens.shift() === ',');
  return (labels) => {
    // Without a prototype, a key such as `constructor` finds nothing but a label.
    const own = Object.assign(Object.create(null) as Record<string, string>, labels);
    return requirements.every((matches) => matches(own));
  };
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const token = OPERATORS.find((operator) => rest.startsWith(operator)) ?? /^[^\s!=(),<>]+/.exec(rest)?.[0] ?? '';
    tokens.push(token);
    rest = rest.slice(token.length).trimStart();
  }
  return tokens;
}

function parseRequirement(tokens: Token[]): LabelPredicate {
  if (tokens[0] === '!') {
    tokens.shift();
    const key = takeKey(tokens);
    expectEnd(tokens);
    return (labels) => labels[key] === undefined;
  }
  const key = takeKey(tokens);
  const operator = tokens[0];
  if (operator === undefined || operator === ',') return (labels) => labels[key] !== undefined;
  tokens.shift();
  const predicate = parseComparison({ key, operator, tokens });
  expectEnd(tokens);
  return predicate;
}

function parseComparison({ key, operator, tokens }: { key: string; operator: Token; tokens: Token[] }): LabelPredicate {
  switch (operator) {
    case '=':
    case '==': {
      const value = takeValue(tokens);
      return (labels) => labels[key] === value;
    }
    case '!=': {
      const value = takeValue(tokens);
      return (labels) => labels[key] !== value;
    }
    case 'in': {
      const values = takeList(tokens);
      return (labels) => labels[key] !== undefined && values.has(labels[key]);
    }
    case 'notin': {
      const values = takeList(tokens);
      return (labels) => labels[key] === undefined || !values.has(labels[key]);
    }
    case '<':
    case '>': {
      const bound = takeWord(tokens, 'number');
      if (!INTEGER.test(bound)) throw unexpected(bound, 'an integer');
      return (labels) => {
        const value = labels[key] ?? '';
        if (!INTEGER.test(value)) return false;
        return operator === '<' ? Number(value) < Number(bound) : Number(value) > Number(bound);
      };
    }
    default:
      throw unexpected(operator, 'in, notin, =, ==, !=, gt, lt');
  }
}

function takeKey(tokens: Token[]): string {
  const key = takeWord(tokens, 'identifier');
  const name = key.slice(key.lastIndexOf('/') + 1);
  const problem = brokenRule(name, LABEL_KEY) ?? (key.startsWith('/') ? 'prefix part must be non-empty' : undefined);
  if (problem !== undefined)
    throw badRequest(`unable to parse requirement: key: Invalid value: ${JSON.stringify(key)}: ${problem}`);
  return key;
}

function takeLabelValue(tokens: Token[]): string {
  const value = takeWord(tokens, 'identifier');
  const problem = brokenRule(value, LABEL_VALUE);
  if (problem !== undefined)
    throw badRequest(`unable to parse requirement: values[0]: Invalid value: ${JSON.stringify(value)}: ${problem}`);
  return value;
}

function takeWord(tokens: Token[], wanted: string): string {
  const token = tokens.shift();
  if (token === undefined || OPERATORS.includes(token)) throw unexpected(token, wanted);
  return token;
}

/** A value may be empty: `a=` selects the label with the empty value. */
function takeValue(tokens: Token[]): string {
  return tokens[0] === undefined || tokens[0] === ',' ? '' : takeLabelValue(tokens);
}

function takeList(tokens: Token[]): ReadonlySet<string> {
  const opening = tokens.shift();
  if (opening !== '(') throw unexpected(opening, "'('");
  const values = new Set<string>();
  for (;;) {
    values.add(tokens[0] === ',' || tokens[0] === ')' ? '' : takeLabelValue(tokens));
    const next = tokens.shift();
    if (next === ')') return values;
    if (next !== ',') throw unexpected(next, "',' or ')'");
  }
}

function expectEnd(tokens: Token[]): void {
  if (tokens[0] !== undefined && tokens[0] !== ',') throw unexpected(tokens[0], "',' or 'end of string'");
}

function unexpected(token: Token | undefined, wanted: string): Error {
  return badRequest(`unable to parse requirement: found '${token ?? ''}', expected: ${wanted}`);
}
