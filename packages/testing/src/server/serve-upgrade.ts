import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { User } from '../access/user.ts';
import { notImplemented } from '../errors/refusals.ts';
import { StatusError } from '../errors/status-error.ts';
import { badRequest, notFound, unauthorized } from '../errors/statuses.ts';
import type { Faults } from '../faults/faults.ts';
import type { RequestFacts } from '../faults/requests/request-match.ts';
import { ShapedSocket } from '../faults/tunnels/shaped-socket.ts';
import { Tunnel } from '../faults/tunnels/tunnel.ts';
import { parseResourceRequest, type ResourceRequest } from '../http/parse-request.ts';
import { asStatusError, sendUpgradeStatus } from '../http/send.ts';
import { type AllowedCarriers, chooseCarrier } from '../port-forward/choose-carrier.ts';
import { type ServePortForwardOptions, servePortForward } from '../port-forward/serve-port-forward.ts';
import type { KubernetesObject, PodObject } from '../state/kubernetes-object.ts';
import { admitRequest } from './admit-request.ts';
import { requestFacts } from './request-facts.ts';
import type { ServerContext } from './server-context.ts';

/** How port forwards are served. */
export type PortForwardSettings = Pick<ServePortForwardOptions, 'behaviour' | 'allow' | 'onError'>;

/** What answering an upgrade needs to know of the cluster. */
export type UpgradeContext = ServerContext & { readonly portForward: PortForwardSettings };

/** Answers a request that asks for another protocol: a port-forward session, or a `Status` that says why not. */
export async function serveUpgrade(
  context: UpgradeContext,
  { request, socket: wire, head }: { request: IncomingMessage; socket: Duplex; head: Buffer },
): Promise<void> {
  const { tunnels, sandboxes, faults, portForward } = context;
  const socket = new ShapedSocket({ socket: wire, head, clock: context.clock });
  try {
    const admitted = admitRequest(request, context);
    const target = parseResourceRequest({ kinds: context.store.kinds, ...admitted });
    const facts = requestFacts({ request, user: admitted.user, target });
    if (!(await faults.beforeUpgrade({ facts, socket: wire }))) {
      socket.destroy();
      return;
    }
    const pod = findPod(context, { target, user: admitted.user });
    tunnels.requireAccepting(facts);
    const { name, namespace = '' } = pod.metadata;
    const session = servePortForward({
      ...portForward,
      allow: allowedCarriers({ request, facts, faults, allow: portForward.allow }),
      request,
      socket,
      head: Buffer.alloc(0),
      podName: name,
      namespace,
      podId: sandboxes.idOf(pod),
      findHandler: (port) => sandboxes.findHandler(pod, port),
    });
    if ('refused' in session) {
      refuse(socket, refusal(session.refused), session.refused.headers);
      return;
    }
    const tunnel = new Tunnel({ session, socket, namespace });
    tunnels.add(tunnel);
    faults.tunnels.onOpen(tunnel);
  } catch (thrown) {
    refuse(socket, asStatusError(thrown));
  }
}

function findPod(context: ServerContext, { target, user }: { target: ResourceRequest; user: User }): PodObject {
  const { store, authorizer } = context;
  const { verb, kind, subresource, namespace, name } = target;
  const attempt = { verb, group: kind.group, resource: kind.resource, subresource, namespace, name };
  authorizer.require(user, attempt);
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

/** What the server speaks to this client. @throws StatusError when a fault refuses the carrier that it asks for. */
function allowedCarriers(options: {
  readonly request: IncomingMessage;
  readonly facts: RequestFacts;
  readonly faults: Faults;
  readonly allow: AllowedCarriers;
}): AllowedCarriers {
  const { request, facts, faults, allow } = options;
  const choice = chooseCarrier({ request, allow });
  const fault = 'refused' in choice ? undefined : faults.carriers.find({ carrier: choice.carrier, facts });
  if (fault === undefined || 'refused' in choice) return allow;
  if (fault !== 'unknown') throw fault;
  return { ...allow, [SWITCHES[choice.carrier]]: false };
}

const SWITCHES = { 'websocket-tunnel': 'tunnel', spdy: 'spdy', 'legacy-websocket': 'legacy' } as const;

function refuse(socket: Duplex, error: StatusError, headers?: Readonly<Record<string, string>>): void {
  sendUpgradeStatus(socket, error, headers);
  // Only after its end was read does the connection close.
  socket.resume();
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
