import type { KforgeError } from '../errors/kforge-error.ts';
import type { PortForwardInfo, PortForwardStatus } from '../model/forward-info.ts';
import type { ForwardSpec } from '../model/forward-spec.ts';
import type { Connections } from './connections.ts';
import type { LocalPorts } from './local-ports.ts';
import type { TunnelKeeper } from './tunnel-keeper.ts';

/** The parts of a forward that its snapshot is made of. */
export interface SnapshotParts {
  readonly id: string;
  readonly spec: ForwardSpec;
  readonly context: string;
  readonly namespace: string;
  readonly status: PortForwardStatus;
  readonly error: KforgeError | undefined;
  readonly startTime: Date;
  readonly ports: LocalPorts;
  readonly connections: Connections;
  readonly keeper: TunnelKeeper | undefined;
}

/** A forward as plain, frozen data. Uptime is reckoned here, so no timer is needed for it. */
export function forwardSnapshot(parts: SnapshotParts): PortForwardInfo {
  const { spec, keeper, connections, status } = parts;
  const resolved = keeper?.target;
  const ports = spec.ports.map(({ remotePort }, index) => ({
    localPort: parts.ports.portOf(index),
    requestedPort: remotePort,
    remotePort: resolved?.ports[index]?.podPort ?? (typeof remotePort === 'number' ? remotePort : 0),
  }));
  const { lastActivity } = connections.traffic;
  const carrier = status === 'connected' ? keeper?.carrier : undefined;
  return Object.freeze({
    id: parts.id,
    podName: resolved?.pod.name ?? (spec.target.kind === 'pod' ? spec.target.name : ''),
    namespace: parts.namespace,
    context: parts.context,
    target: spec.target,
    localPort: ports[0]?.localPort ?? 0,
    remotePort: ports[0]?.remotePort ?? 0,
    ports,
    addresses: parts.ports.addresses,
    status,
    ...(parts.error ? { error: parts.error.message } : {}),
    uptime: Math.max(0, Math.floor((Date.now() - parts.startTime.getTime()) / 1000)),
    startTime: parts.startTime,
    ...(lastActivity ? { lastActivity } : {}),
    ...(carrier ? { carrier } : {}),
    traffic: connections.traffic.snapshot(),
    ...(connections.lastError ? { lastConnectionError: connections.lastError } : {}),
  });
}
