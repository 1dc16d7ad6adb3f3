import { readFile, writeFile } from 'node:fs/promises';

/** What Linux counts a clock tick as towards programs, whatever the kernel's own rate is (proc(5), USER_HZ). */
const ticksPerSecond = 100;

/** Resident memory in MB (10^6 bytes) now, from /proc (Linux only). */
export async function residentMegabytes(pid: number): Promise<number> {
  return statusMegabytes(pid, 'VmRSS');
}

/** The most resident memory in MB (10^6 bytes) since the last `resetPeakMemory`, or since the process started. */
export async function peakMegabytes(pid: number): Promise<number> {
  return statusMegabytes(pid, 'VmHWM');
}

/** Makes the memory used now the new peak. */
export async function resetPeakMemory(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
}

/** CPU seconds of all threads since the process started, user and system. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The program's name, in brackets, may hold spaces and brackets; the fields are counted from behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

async function statusMegabytes(pid: number, field: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  if (kibibytes === undefined) throw new Error(`process ${pid} has no ${field}`);
  return (Number(kibibytes) * 1024) / 1e6;
}
