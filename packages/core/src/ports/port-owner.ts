import { readdir, readFile, readlink } from 'node:fs/promises';
import type { PortOwner } from '../errors/port-errors.ts';

const LISTEN_STATE = '0A';
/** Processes that are looked at; beyond that the answer is "unknown" rather than late. */
const MAX_PROCESSES = 5000;

/**
 * Which process listens on a local TCP port, or `undefined` where the system does not tell (another user's process, another system than
 * Linux).
 */
export async function findPortOwner(port: number): Promise<PortOwner | undefined> {
  if (process.platform !== 'linux') return undefined;
  const inodes = await listeningInodes(port);
  if (inodes.size === 0) return undefined;
  const entries = await readdir('/proc');
  for (const pid of entries.filter((entry) => /^\d+$/.test(entry)).slice(0, MAX_PROCESSES)) {
    if (!(await holdsSocket(pid, inodes))) continue;
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    return { pid: Number(pid), name: name.trim() || 'an unnamed process' };
  }
  return undefined;
}

/** Socket inodes that listen on the port, from the kernel's tables (`man 5 proc`, /proc/net/tcp). */
async function listeningInodes(port: number): Promise<Set<string>> {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'utf8').catch(() => ''); // a machine without IPv6 has no second table
    for (const line of text.split('\n')) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === LISTEN_STATE && inode && local?.endsWith(`:${wanted}`)) inodes.add(inode);
    }
  }
  return inodes;
}

async function holdsSocket(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []); // gone meanwhile, or another user's
  for (const descriptor of descriptors) {
    const link = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
    const inode = /^socket:\[(\d+)\]$/.exec(link)?.[1];
    if (inode && inodes.has(inode)) return true;
  }
  return false;
}
