import type { Fields } from '../documents/fields.ts';
import { fieldsOf, listOf } from '../objects/defaults/fields.ts';
import type { PodObject } from '../state/kubernetes-object.ts';

/** What the kubelet reads of one container in the specification of a pod. */
export interface ContainerPlan {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly alwaysPull: boolean;
  readonly readinessProbe: Fields | undefined;
  /** The ports that it declares, by name. */
  readonly namedPorts: ReadonlyMap<string, number>;
  readonly resources: Fields;
  readonly volumeMounts: readonly Fields[];
  /** An init container runs to its end before the next one starts; a sidecar is one that stays. */
  readonly role: 'init' | 'sidecar' | 'main';
  /** Whether the pod waits for its end: an init container, or one of a pod that is not always started again, as those of Jobs. */
  readonly isMeantToEnd: boolean;
}

/** What the kubelet reads of the specification of a pod. Fields that do not have the form they should count as absent. */
export interface PodPlan {
  readonly init: readonly ContainerPlan[];
  readonly main: readonly ContainerPlan[];
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never';
  readonly hostNetwork: boolean;
  /** @default no deadline */
  readonly activeDeadlineMs: number | undefined;
}

/** Reads the specification of a pod. */
export function readPodPlan({ spec }: PodObject): PodPlan {
  const { restartPolicy, activeDeadlineSeconds } = spec;
  const policy = restartPolicy === 'OnFailure' || restartPolicy === 'Never' ? restartPolicy : 'Always';
  return {
    init: listOf(spec.initContainers).map((one) =>
      readContainer(one, one.restartPolicy === 'Always' ? { role: 'sidecar' } : { role: 'init', isMeantToEnd: true }),
    ),
    main: listOf(spec.containers).map((one) => readContainer(one, { role: 'main', isMeantToEnd: policy !== 'Always' })),
    restartPolicy: policy,
    hostNetwork: spec.hostNetwork === true,
    activeDeadlineMs: typeof activeDeadlineSeconds === 'number' ? activeDeadlineSeconds * 1000 : undefined,
  };
}

function readContainer(
  container: Fields,
  { role, isMeantToEnd = false }: Pick<ContainerPlan, 'role'> & { readonly isMeantToEnd?: boolean },
): ContainerPlan {
  const { image, imagePullPolicy, readinessProbe } = container;
  return {
    name: String(container.name),
    image: typeof image === 'string' ? image : '',
    command: texts(container.command),
    args: texts(container.args),
    env: Object.fromEntries(
      listOf(container.env).flatMap(({ name, value }) =>
        typeof name === 'string' && typeof value === 'string' ? [[name, value]] : [],
      ),
    ),
    alwaysPull: imagePullPolicy === 'Always',
    readinessProbe: readinessProbe === undefined ? undefined : fieldsOf(readinessProbe),
    namedPorts: new Map(
      listOf(container.ports).flatMap(({ name, containerPort }) =>
        typeof name === 'string' && typeof containerPort === 'number' ? [[name, containerPort] as const] : [],
      ),
    ),
    resources: fieldsOf(container.resources),
    volumeMounts: listOf(container.volumeMounts),
    role,
    isMeantToEnd,
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
