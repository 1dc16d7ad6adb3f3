interface NameRule {
  readonly pattern: RegExp;
  readonly maxLength: number;
  /** What the server says of a name that breaks the rule. */
  readonly sentence: string;
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';

/** Names as parts of domain names (RFC 1123): most objects. */
export const SUBDOMAIN: NameRule = {
  pattern: new RegExp(`^${LABEL}(\\.${LABEL})*$`),
  maxLength: 253,
  sentence: `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${LABEL}(\\.${LABEL})*')`,
};

/** Names as one part of a domain name (RFC 1123): namespaces, containers. */
export const DNS_LABEL: NameRule = {
  pattern: new RegExp(`^${LABEL}$`),
  maxLength: 63,
  sentence: `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL}')`,
};

/** Names that begin with a letter (RFC 1035): services. */
export const OLD_DNS_LABEL: NameRule = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  maxLength: 63,
  sentence:
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
};

const KEY = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';

/** The part of a label's key after the slash. */
export const LABEL_KEY: NameRule = {
  pattern: new RegExp(`^${KEY}$`),
  maxLength: 63,
  sentence: `name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${KEY}')`,
};

/** The value of a label. */
export const LABEL_VALUE: NameRule = {
  pattern: /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/,
  maxLength: 63,
  sentence:
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
};

/** A key in a ConfigMap or a Secret. */
export const DATA_KEY: NameRule = {
  pattern: /^[-._a-zA-Z0-9]+$/,
  maxLength: 253,
  sentence:
    "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
};

/** What is wrong with a name, in the server's words; `undefined` when nothing is. */
export function brokenRule(name: string, { pattern, maxLength, sentence }: NameRule): string | undefined {
  // Checked first: the patterns are only for names of sane length.
  if (name.length > maxLength) return `must be no more than ${maxLength} bytes`;
  return pattern.test(name) ? undefined : sentence;
}
