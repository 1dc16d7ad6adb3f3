import { fieldsOf } from '../objects/defaults/fields.ts';
import type { ContainerHost } from './container-host.ts';
import type { ImageOptions } from './images.ts';
import type { ContainerPlan } from './pod-plan.ts';

/** How a container becomes ready. */
export interface FirstProbe {
  /** When it is ready, in milliseconds after its start. */
  readonly delayMs: number;
  /** When a probe fails before that, in milliseconds after the start. */
  readonly failureAfterMs: number;
  /** What the kubelet then says; `undefined` when no probe fails. */
  readonly failure: string | undefined;
}

/** When a container becomes ready. A container of an unknown image, which listens on nothing, is ready at once. */
export function firstProbe(options: {
  readonly plan: ContainerPlan;
  readonly image: ImageOptions | undefined;
  readonly host: Pick<ContainerHost, 'podIp'>;
}): FirstProbe {
  const { plan, image, host } = options;
  const probe = plan.readinessProbe;
  if (!image) return { delayMs: 0, failureAfterMs: 0, failure: undefined };
  const { readyMs = 0 } = image;
  const seconds = probe?.initialDelaySeconds;
  const initialMs = typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : 0;
  const failure = probe && readyMs > 0 ? failureText({ probe, plan, podIp: host.podIp }) : undefined;
  return { delayMs: initialMs + readyMs, failureAfterMs: initialMs, failure };
}

function failureText(options: {
  readonly probe: Readonly<Record<string, unknown>>;
  readonly plan: ContainerPlan;
  readonly podIp: string;
}): string | undefined {
  const { probe, plan, podIp } = options;
  const portOf = (port: unknown) => (typeof port === 'number' ? port : (plan.namedPorts.get(String(port)) ?? 0));
  const refused = (port: unknown) => `dial tcp ${podIp}:${portOf(port)}: connect: connection refused`;
  if (probe.httpGet !== undefined) {
    const { port, path = '/', scheme = 'HTTP' } = fieldsOf(probe.httpGet);
    const url = `${String(scheme).toLowerCase()}://${podIp}:${portOf(port)}${String(path)}`;
    return `Readiness probe failed: Get "${url}": ${refused(port)}`;
  }
  if (probe.tcpSocket !== undefined) return `Readiness probe failed: ${refused(fieldsOf(probe.tcpSocket).port)}`;
  return undefined;
}
