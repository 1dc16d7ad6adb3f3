import { parseTarget } from '../cluster/parse-target.ts';
import { type OptionProblem, OptionsError } from '../errors/options-error.ts';
import type { ForwardSpec, PortMapping } from '../model/forward-spec.ts';
import type { Target } from '../model/target.ts';
import { listenAddresses } from '../ports/listen-addresses.ts';
import { isPortName, isPortNumber, parsePortMapping } from '../ports/parse-port.ts';
import type { PortForwardConfig } from './forward-options.ts';

const START_TIMEOUT_MS = 10_000;
const FIN_HOLD_MS = 500;

/**
 * Checks, completes and freezes what a caller asked for. All problems are reported together.
 *
 * @throws OptionsError
 */
export function normalizeOptions(config: PortForwardConfig): ForwardSpec {
  const problems: OptionProblem[] = [];
  const target = collect(problems, () => readTarget(config));
  const ports = collect(problems, () => readPorts(config));
  const addresses = typeof config.address === 'string' ? [config.address] : [...(config.address ?? ['localhost'])];
  collect(problems, () => listenAddresses(addresses));
  if (addresses.length === 0) problems.push({ path: 'address', message: 'At least one address is required' });
  if (config.namespace?.trim() === '') problems.push({ path: 'namespace', message: 'Namespace is required' });
  const startTimeoutMs = readDuration(config, 'startTimeoutMs', START_TIMEOUT_MS, problems);
  const podRunningTimeoutMs = readDuration(config, 'podRunningTimeoutMs', START_TIMEOUT_MS, problems);
  const finHoldMs = readDuration(config, 'finHoldMs', FIN_HOLD_MS, problems);
  if (problems.length > 0 || !target || !ports) throw new OptionsError({ problems });
  return Object.freeze({
    context: config.context,
    namespace: config.namespace,
    target,
    ports,
    addresses,
    containerName: config.containerName,
    startTimeoutMs,
    podRunningTimeoutMs,
    finHoldMs,
  });
}

function readTarget(config: PortForwardConfig): Target {
  const { podName, target } = config;
  if (target === undefined) {
    if (podName === undefined || podName.trim() === '') throw problem('podName', 'Pod name is required');
    return { kind: 'pod', name: podName };
  }
  if (podName !== undefined) throw problem('target', 'Give podName or target, not both');
  if (typeof target === 'string') return parseTarget(target);
  if (target.kind === 'selector') return { kind: target.kind, selector: target.selector };
  return parseTarget(`${target.kind}/${target.name}`);
}

function readPorts(config: PortForwardConfig): readonly PortMapping[] {
  if (config.ports === undefined) {
    if (config.remotePort === undefined) throw problem('remotePort', 'Remote port is required');
    return [checkMapping({ localPort: readLocalPort(config), remotePort: config.remotePort }, '')];
  }
  if (config.remotePort !== undefined || config.localPort !== undefined) {
    throw problem('ports', 'Give ports, or localPort and remotePort, not both');
  }
  if (config.ports.length === 0) throw problem('ports', 'At least one port is required');
  const problems: OptionProblem[] = [];
  const mappings = config.ports.flatMap((port, index) => {
    const read = (): PortMapping =>
      typeof port === 'string' ? parsePortMapping(port) : checkMapping(port, `ports[${index}].`);
    return collect(problems, read) ?? [];
  });
  const fixed = mappings.map(({ localPort }) => localPort).filter((port) => port !== 0 && port !== 'same');
  const twice = fixed.find((port, index) => fixed.indexOf(port) !== index);
  if (twice !== undefined) problems.push({ path: 'ports', message: `Local port ${twice} is asked for twice` });
  if (problems.length > 0) throw new OptionsError({ problems });
  return mappings;
}

function readLocalPort(config: PortForwardConfig): number | 'same' {
  if (config.localPort === 'auto') return 0;
  if (config.localPort !== undefined) return config.localPort;
  return typeof config.remotePort === 'number' ? config.remotePort : 'same';
}

function checkMapping(mapping: PortMapping, path: string): PortMapping {
  const { localPort, remotePort } = mapping;
  const problems: OptionProblem[] = [];
  if (localPort !== 'same' && localPort !== 0 && !isPortNumber(localPort)) {
    problems.push({ path: `${path}localPort`, message: 'Local port must be between 0 and 65535' });
  }
  if (typeof remotePort === 'number' ? !isPortNumber(remotePort) : !isPortName(remotePort)) {
    problems.push({ path: `${path}remotePort`, message: 'Remote port must be between 1 and 65535' });
  }
  if (problems.length > 0) throw new OptionsError({ problems });
  return { localPort, remotePort };
}

/** Runs a check; the problems that it finds go to the list, and the answer is `undefined` then. */
function collect<T>(problems: OptionProblem[], check: () => T): T | undefined {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

function readDuration(
  config: PortForwardConfig,
  name: 'startTimeoutMs' | 'podRunningTimeoutMs' | 'finHoldMs',
  fallback: number,
  problems: OptionProblem[],
): number {
  const value = config[name] ?? fallback;
  if (!Number.isFinite(value) || value < 0 || value > 2 ** 31 - 1) {
    problems.push({ path: name, message: `${name} must be a number of milliseconds from 0 to ${2 ** 31 - 1}` });
  }
  return value;
}

function problem(path: string, message: string): OptionsError {
  return new OptionsError({ problems: [{ path, message }] });
}
