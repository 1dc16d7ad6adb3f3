import {
  PortConflictError,
  type PortForward,
  type PortForwardConfig,
  type PortForwardManager,
  parsePortMapping,
} from '@kforge/core';

const ATTEMPTS = 10;

/** Starts a forward; with `isAuto`, a local port that is taken gives way to the one that is suggested in its place. */
export async function startOnFreePort(options: {
  readonly manager: PortForwardManager;
  readonly config: PortForwardConfig;
  readonly isAuto: boolean;
  readonly signal: AbortSignal;
}): Promise<PortForward> {
  const { manager, isAuto, signal } = options;
  let config = options.config;
  for (let attempt = 1; ; attempt++) {
    try {
      return await manager.startForward({ ...config, signal });
    } catch (error) {
      const suggested = error instanceof PortConflictError ? error.suggestedPort : undefined;
      if (!isAuto || suggested === undefined || attempt === ATTEMPTS) throw error;
      const { requestedPort } = error as PortConflictError;
      config = { ...config, ports: (config.ports ?? []).map((port) => replaceLocal(port, requestedPort, suggested)) };
    }
  }
}

type Port = NonNullable<PortForwardConfig['ports']>[number];

function replaceLocal(port: Port, taken: number, suggested: number): Port {
  const mapping = typeof port === 'string' ? parsePortMapping(port) : port;
  return mapping.localPort === taken ? { ...mapping, localPort: suggested } : mapping;
}
