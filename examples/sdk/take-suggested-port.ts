import { KforgeError, PortConflictError, type PortForward, type PortForwardManager } from '@kforge/core';

export async function forwardWeb(manager: PortForwardManager, localPort: number): Promise<PortForward> {
  try {
    return await manager.startForward({ target: 'svc/web', localPort, remotePort: 80 });
  } catch (error) {
    if (error instanceof PortConflictError && error.suggestedPort !== undefined) {
      return await forwardWeb(manager, error.suggestedPort);
    }
    if (KforgeError.is(error)) console.error(error.code, error.message, error.hint ?? '');
    throw error;
  }
}
