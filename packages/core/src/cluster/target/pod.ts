import { fieldsOf, itemsOf, textOf, textsOf } from '../fields.ts';

/** What is used of a Pod. */
export interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  /** Milliseconds of the system clock, 0 when the server does not say. */
  readonly createdAt: number;
  readonly phase: string;
  readonly isTerminating: boolean;
  readonly isReady: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** The object that made it and makes another in its place. */
  readonly controller: { readonly kind: string; readonly uid: string } | undefined;
  /** With sidecars, which are init containers that go on running (KEP-753). */
  readonly containers: readonly Container[];
  /** Each container's state in a few words: `web: waiting (ImagePullBackOff)`. */
  readonly containerStates: readonly string[];
}

/** A container and what it declares. */
export interface Container {
  readonly name: string;
  readonly ports: readonly ContainerPort[];
}

/** A port that a container declares. */
export interface ContainerPort {
  readonly name: string | undefined;
  readonly number: number;
  readonly protocol: string;
}

/** Reads a Pod as the API server sends it; what is missing or of another type is left out. */
export function parsePod(object: unknown): Pod {
  const { metadata, spec, status } = fieldsOf(object);
  const { name, namespace, uid, creationTimestamp, deletionTimestamp, labels, ownerReferences } = fieldsOf(metadata);
  const owner = fieldsOf(itemsOf(ownerReferences).find((each) => fieldsOf(each).controller === true));
  return {
    name: textOf(name) ?? '',
    namespace: textOf(namespace) ?? '',
    uid: textOf(uid) ?? '',
    createdAt: Date.parse(textOf(creationTimestamp) ?? '') || 0,
    phase: textOf(fieldsOf(status).phase) ?? 'Unknown',
    isTerminating: deletionTimestamp !== undefined && deletionTimestamp !== null,
    isReady: itemsOf(fieldsOf(status).conditions).map(fieldsOf).some(isReadyCondition),
    labels: textsOf(labels),
    controller: textOf(owner.uid) ? { kind: textOf(owner.kind) ?? '', uid: textOf(owner.uid) ?? '' } : undefined,
    containers: parseContainers(fieldsOf(spec)),
    containerStates: parseStates(fieldsOf(status)),
  };
}

function isReadyCondition(condition: Readonly<Record<string, unknown>>): boolean {
  return condition.type === 'Ready' && condition.status === 'True';
}

function parseContainers(spec: Readonly<Record<string, unknown>>): readonly Container[] {
  const sidecars = itemsOf(spec.initContainers).filter((each) => fieldsOf(each).restartPolicy === 'Always');
  return [...itemsOf(spec.containers), ...sidecars].map(fieldsOf).map(({ name, ports }) => ({
    name: textOf(name) ?? '',
    ports: itemsOf(ports)
      .map(fieldsOf)
      .map((port) => ({
        name: textOf(port.name),
        number: Number(port.containerPort),
        protocol: textOf(port.protocol) ?? 'TCP',
      })),
  }));
}

function parseStates(status: Readonly<Record<string, unknown>>): readonly string[] {
  const containers = [...itemsOf(status.initContainerStatuses), ...itemsOf(status.containerStatuses)].map(fieldsOf);
  const states = containers.flatMap(({ name, state, ready }) => {
    const { waiting, running, terminated } = fieldsOf(state);
    const words = running ? (ready === true ? 'running' : 'running, not ready') : undefined;
    const stopped = waiting
      ? `waiting${reasonIn(waiting)}`
      : terminated
        ? `terminated${reasonIn(terminated)}`
        : undefined;
    return (words ?? stopped) ? [`${textOf(name) ?? '?'}: ${words ?? stopped}`] : [];
  });
  return states.length > 0 ? states : schedulingProblem(status);
}

/** A pod without a node has no container states; its condition says what it waits for. */
function schedulingProblem(status: Readonly<Record<string, unknown>>): readonly string[] {
  const { reason, message } = fieldsOf(
    itemsOf(status.conditions).find(
      (each) => fieldsOf(each).type === 'PodScheduled' && fieldsOf(each).status === 'False',
    ),
  );
  const words = textOf(message) ?? textOf(reason);
  return words === undefined ? [] : [`not scheduled: ${words.slice(0, 200)}`];
}

function reasonIn(state: unknown): string {
  const { reason, exitCode } = fieldsOf(state);
  const words = textOf(reason) ?? (typeof exitCode === 'number' ? `exit code ${exitCode}` : undefined);
  return words === undefined ? '' : ` (${words})`;
}
