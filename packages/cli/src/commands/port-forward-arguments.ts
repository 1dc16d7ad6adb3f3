import { OptionsError, type PortForwardConfig, type PortMapping, parsePortMapping, parseTarget } from '@kforge/core';
import { parseDuration } from './parse-duration.ts';

/** The options of `kforge port-forward` as the command line gives them. */
export interface PortForwardFlags {
  readonly namespace?: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly address: string;
  readonly podRunningTimeout: string;
  readonly selector?: string;
  readonly container?: string;
  readonly local?: string;
  readonly json?: boolean;
}

/** Beyond the wait for the pod, a start may take this long, in milliseconds. */
const CONNECT_LIMIT_MS = 10_000;

/** Turns the words of the command line into what the SDK takes. */
export function portForwardConfig(words: readonly string[], flags: PortForwardFlags): PortForwardConfig {
  const [first, ...rest] = words;
  const bySelector = flags.selector !== undefined;
  const ports = bySelector ? words : rest;
  if (!bySelector && first === undefined) throw usage('What is to be forwarded? Name a pod, or TYPE/NAME');
  if (ports.length === 0) throw usage('At least one port is needed, as [LOCAL:]REMOTE');
  const podRunningTimeoutMs = parseDuration(flags.podRunningTimeout);
  return {
    target: bySelector ? { kind: 'selector', selector: flags.selector } : parseTarget(first as string),
    ports: ports.map((port) => applyLocal(parsePortMapping(port), flags.local, ports.length)),
    address: flags.address.split(',').map((address) => address.trim()),
    podRunningTimeoutMs,
    startTimeoutMs: podRunningTimeoutMs + CONNECT_LIMIT_MS,
    ...(flags.namespace === undefined ? {} : { namespace: flags.namespace }),
    ...(flags.context === undefined ? {} : { context: flags.context }),
    ...(flags.container === undefined ? {} : { containerName: flags.container }),
  };
}

function applyLocal(mapping: PortMapping, local: string | undefined, count: number): PortMapping {
  if (local === undefined || local === 'auto') return mapping;
  if (count > 1) throw usage('--local with a number goes with one port only; write LOCAL:REMOTE for each');
  return { ...parsePortMapping(`${local}:1`), remotePort: mapping.remotePort };
}

function usage(message: string): OptionsError {
  return new OptionsError({
    problems: [{ path: '', message }],
    hint: 'For example: kforge port-forward svc/web 8080:80',
  });
}
