import { ForbiddenError } from '../../errors/cluster-errors.ts';
import type { NoReadyPodError } from '../../errors/target-errors.ts';
import type { RemotePort } from '../../model/target.ts';
import { apiPath } from '../api-path.ts';
import { fieldsOf, itemsOf } from '../fields.ts';
import { isRunning } from './choose-pod.ts';
import { parseEndpointSlice, readyCandidates } from './endpoint-slice.ts';
import { explainMissing, isNotFound } from './explain-missing.ts';
import { followList } from './follow-list.ts';
import { equalities } from './label-selector.ts';
import { noReadyPod } from './no-ready-pod.ts';
import { type Pod, parsePod } from './pod.ts';
import { selectPod } from './resolve-selector.ts';
import { externalNameError, noSelectorError, parseService, type Service, servicePort } from './service.ts';
import { serviceTargetPort } from './service-target-port.ts';
import type { ChosenPod, TargetRequest } from './target-request.ts';
import { waitFor } from './wait-for.ts';

type ServiceRequest = TargetRequest & { readonly service: Service };

const MAX_PODS_TRIED = 5;

/**
 * Resolves a service to a ready pod by its EndpointSlices, which is where the cluster itself sends connections. Where they cannot be
 * read, the service's selector stands in.
 */
export async function resolveService(request: TargetRequest & { readonly name: string }): Promise<ChosenPod> {
  const service = parseService(await getService(request));
  if (service.externalName !== undefined) throw externalNameError(service);
  for (const port of request.ports) servicePort({ service, port });
  try {
    return await throughSlices({ ...request, service });
  } catch (error) {
    if (!areSlicesUnreadable(error) || equalities(service.selector) === '') throw error;
    return throughSelector({ ...request, service }, error);
  }
}

async function getService(request: TargetRequest & { readonly name: string }): Promise<unknown> {
  const { cluster, namespace, name, signal } = request;
  const collection = apiPath`/api/v1/namespaces/${namespace}/services`;
  try {
    return await cluster.request({ path: collection + apiPath`/${name}`, signal });
  } catch (error) {
    throw isNotFound(error) ? await explainMissing({ ...request, kind: 'service', collection, cause: error }) : error;
  }
}

/** Forbidden to this role, or of a server before 1.21. */
function areSlicesUnreadable(error: unknown): boolean {
  return isNotFound(error) || (error instanceof ForbiddenError && error.resource === 'endpointslices');
}

async function throughSlices(request: ServiceRequest): Promise<ChosenPod> {
  const { cluster, namespace, service, ports, podRunningTimeoutMs: timeoutMs, signal } = request;
  const path = apiPath`/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`;
  const query = { labelSelector: equalities({ 'kubernetes.io/service-name': service.name }) };
  return waitFor({
    follow: (followSignal) => followList({ cluster, path, query, signal: followSignal }),
    pick: async (objects, pickSignal) => {
      const slices = objects.map((object) => parseEndpointSlice(object, namespace));
      const hasPods = slices.some((slice) => slice.endpoints.length > 0);
      if (!hasPods && equalities(service.selector) === '') throw noSelectorError(service);
      for (const { podName, slice } of readyCandidates(slices).slice(0, MAX_PODS_TRIED)) {
        const pod = await findPod({ ...request, podName, signal: pickSignal });
        if (pod && isRunning(pod)) return { pod, ports: mapPorts({ service, ports, pod, slicePorts: slice.ports }) };
      }
      return undefined;
    },
    timeoutMs,
    signal,
    onTimeout: async () => notReady({ ...request, pods: await podsOf(request) }),
  });
}

async function findPod(request: TargetRequest & { readonly podName: string }): Promise<Pod | undefined> {
  const { cluster, namespace, podName, signal } = request;
  try {
    return parsePod(await cluster.request({ path: apiPath`/api/v1/namespaces/${namespace}/pods/${podName}`, signal }));
  } catch (error) {
    if (isNotFound(error)) return undefined; // slices lag behind the pods
    throw error;
  }
}

async function throughSelector(request: ServiceRequest, slicesError: unknown): Promise<ChosenPod> {
  const { service, ports } = request;
  try {
    const pod = await selectPod({
      ...request,
      selector: equalities(service.selector),
      onTimeout: async (pods) => notReady({ ...request, pods }),
    });
    return { pod, ports: mapPorts({ service, ports, pod, slicePorts: new Map() }) };
  } catch (error) {
    throw error instanceof ForbiddenError ? slicesError : error;
  }
}

function mapPorts(options: {
  readonly service: Service;
  readonly ports: readonly RemotePort[];
  readonly pod: Pod;
  readonly slicePorts: ReadonlyMap<string, number>;
}): ChosenPod['ports'] {
  return options.ports.map((requested) => ({
    requested,
    numberOnTarget: servicePort({ service: options.service, port: requested }).number,
    podPort: serviceTargetPort({ ...options, port: requested }),
  }));
}

/** The service's pods, to say why none is ready; pods without an address are in no slice. */
async function podsOf(request: ServiceRequest): Promise<readonly Pod[] | undefined> {
  const { cluster, namespace, service, signal } = request;
  const labelSelector = equalities(service.selector);
  if (labelSelector === '') return undefined;
  try {
    const path = apiPath`/api/v1/namespaces/${namespace}/pods`;
    const list = fieldsOf(await cluster.request({ path, query: { labelSelector }, signal }));
    return itemsOf(list.items).map(parsePod);
  } catch (error) {
    if (error instanceof ForbiddenError) return undefined; // then only the bare fact can be told
    throw error;
  }
}

function notReady(request: ServiceRequest & { readonly pods: readonly Pod[] | undefined }): NoReadyPodError {
  const { service, pods, podRunningTimeoutMs: waitedMs } = request;
  return noReadyPod({
    target: `The service "${service.name}"`,
    pods,
    selector: equalities(service.selector),
    waitedMs,
  });
}
