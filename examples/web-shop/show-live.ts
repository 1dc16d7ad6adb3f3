import { once } from 'node:events';
import type { PortForward } from '@kforge/core';

const REDRAW_MS = 250;

/** Shows a line of connections and bytes that is kept current, until Ctrl-C. */
export async function showLive(forward: PortForward): Promise<void> {
  console.log('Open it in a browser; Ctrl-C ends.\n');
  const draw = (): void => {
    process.stdout.write(`\r\u001b[K${describe(forward)}`);
  };
  const timer = setInterval(draw, REDRAW_MS);
  draw();
  await once(process, 'SIGINT');
  clearInterval(timer);
  process.stdout.write('\n');
}

function describe(forward: PortForward): string {
  const { status, uptime, traffic } = forward.snapshot();
  const { openConnections, totalConnections, bytesSent, bytesReceived } = traffic;
  return `${status} for ${uptime} s   ${openConnections} open of ${totalConnections} connections   ↑ ${size(bytesSent)} ↓ ${size(bytesReceived)}`;
}

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
