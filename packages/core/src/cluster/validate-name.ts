const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const PORT_NAME = /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/i;

/** What keeps a text from being the name of an object (an RFC 1123 subdomain of at most 253 characters), or `undefined`. */
export function nameProblem(options: { readonly what: string; readonly name: string }): string | undefined {
  const { what, name } = options;
  if (name === '') return `The ${what} is empty`;
  if (name.length <= 253 && SUBDOMAIN.test(name)) return undefined;
  return `${shown(name)} cannot be the ${what}: names have at most 253 lower-case letters, digits, dashes and dots, and begin and end with a letter or digit`;
}

/** What keeps a text from being the name of a namespace (an RFC 1123 label of at most 63 characters), or `undefined`. */
export function namespaceProblem(name: string): string | undefined {
  if (name === '') return 'The namespace is empty';
  if (name.length <= 63 && LABEL.test(name)) return undefined;
  return `${shown(name)} cannot be a namespace: names have at most 63 lower-case letters, digits and dashes, and begin and end with a letter or digit`;
}

/** What keeps a number or text from being a port in a pod or service (1 to 65535, or an IANA service name), or `undefined`. */
export function portProblem(port: number | string): string | undefined {
  if (typeof port === 'number') {
    return Number.isInteger(port) && port >= 1 && port <= 65_535
      ? undefined
      : `${port} cannot be a remote port: ports go from 1 to 65535`;
  }
  if (port.length <= 63 && PORT_NAME.test(port)) return undefined;
  return `${shown(port)} cannot be the name of a port: names have letters, at least one, digits and single dashes`;
}

function shown(text: string): string {
  return JSON.stringify(text.length > 64 ? `${text.slice(0, 64)}…` : text);
}
