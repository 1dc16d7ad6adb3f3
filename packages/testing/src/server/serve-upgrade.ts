import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { requireAccess } from '../access/require-access.ts';
import { notImplemented } from '../errors/refusals.ts';
import { StatusError } from '../errors/status-error.ts';
import { badRequest, notFound, unauthorized } from '../errors/statuses.ts';
import { parseResourceRequest } from '../http/parse-request.ts';
import { asStatusError, sendUpgradeStatus } from '../http/send.ts';
import { type ServePortForwardOptions, servePortForward } from '../port-forward/serve-port-forward.ts';
import type { KubernetesObject, PodObject } from '../state/kubernetes-object.ts';
import { admitRequest } from './admit-request.ts';
import type { ServerContext } from './server-context.ts';

/** How port forwards are served. */
export type PortForwardSettings = Pick<ServePortForwardOptions, 'behaviour' | 'allow' | 'onError'>;

/** Answers a request that asks for another protocol: a port-forward session, or a `Status` that says why not. */
export function serveUpgrade(
  context: ServerContext & { readonly portForward: PortForwardSettings },
  { request, socket, head }: { request: IncomingMessage; socket: Duplex; head: Buffer },
): void {
  try {
    const pod = findPod(context, request);
    context.tunnels.requireAccepting();
    const { name, namespace = '' } = pod.metadata;
    const session = servePortForward({
      request,
      socket,
      head,
      podName: name,
      namespace,
      podId: context.sandboxes.idOf(pod),
      findHandler: (port) => context.sandboxes.findHandler(pod, port),
      ...context.portForward,
    });
    if ('refused' in session) sendUpgradeStatus(socket, refusal(session.refused), session.refused.headers);
    else context.tunnels.add(session);
  } catch (thrown) {
    sendUpgradeStatus(socket, asStatusError(thrown));
  }
}

function findPod(context: ServerContext, request: IncomingMessage): PodObject {
  const { store, authorize } = context;
  const { user, ...admitted } = admitRequest(request, context);
  const { verb, kind, subresource, namespace, name } = parseResourceRequest({ kinds: store.kinds, ...admitted });
  const attempt = { verb, group: kind.group, resource: kind.resource, subresource, namespace, name };
  requireAccess({ authorize, user, attempt });
  if (
    kind.kind !== 'Pod' ||
    subresource !== 'portforward' ||
    name === undefined ||
    (verb !== 'get' && verb !== 'create')
  ) {
    throw notImplemented(`upgrades of ${verb} ${kind.resource}${subresource === undefined ? '' : `/${subresource}`}`);
  }
  const pod: KubernetesObject | undefined = store.get({ kind, namespace, name });
  if (!pod) throw notFound({ ...kind, name });
  const { nodeName } = (pod as PodObject).spec;
  if (nodeName === undefined) throw badRequest(`pod ${name} does not have a host assigned`);
  return pod as PodObject;
}

function refusal({ status, message }: { status: number; message: string }): StatusError {
  if (status === 401) return unauthorized();
  return new StatusError({ code: status, reason: REASONS[status] ?? 'Unknown', message });
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  403: 'Forbidden',
  404: 'NotFound',
  500: 'InternalError',
  501: 'NotImplemented',
};
