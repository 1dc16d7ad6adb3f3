/** As many as there are pairs of channels, a channel being one byte. */
const MAX_PORTS = 127;

/**
 * The ports that a legacy WebSocket asks for: `ports=80`, repeatable, each a number or a list with commas.
 *
 * @param url path and query of the request.
 * @returns what is wrong, in the words of the real server, when there is no port or one is none.
 */
export function requestedPorts(url: string): { readonly ports: readonly number[] } | { readonly wrong: string } {
  const query = new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');
  const texts = query.getAll('ports').flatMap((value) => value.split(','));
  if (texts.length === 0) return { wrong: 'query parameter "port" is required' };
  if (texts.length > MAX_PORTS) return { wrong: `more than ${MAX_PORTS} ports` };
  const wrong = texts.find((text) => !/^\d{1,5}$/.test(text) || Number(text) > 65_535);
  if (wrong !== undefined) return { wrong: `unable to parse ${JSON.stringify(wrong)} as a port` };
  if (texts.some((text) => Number(text) === 0)) return { wrong: 'port "0" must be > 0' };
  return { ports: texts.map(Number) };
}
