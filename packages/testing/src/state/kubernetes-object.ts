/** A reference from an object to the one that owns it. */
export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean | undefined;
  readonly blockOwnerDeletion?: boolean | undefined;
}

/** Which fields of an object one writer has set (KEP-555). */
export interface ManagedFieldsEntry {
  readonly manager?: string | undefined;
  readonly operation?: 'Apply' | 'Update' | undefined;
  readonly apiVersion?: string | undefined;
  readonly time?: string | undefined;
  readonly fieldsType?: 'FieldsV1' | undefined;
  readonly fieldsV1?: Readonly<Record<string, unknown>> | undefined;
  readonly subresource?: string | undefined;
}

/** The part of `metadata` that the simulator itself reads and writes. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly creationTimestamp: string;
  readonly deletionTimestamp?: string | undefined;
  readonly deletionGracePeriodSeconds?: number | undefined;
  readonly generation?: number | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  readonly ownerReferences?: readonly OwnerReference[] | undefined;
  readonly generateName?: string | undefined;
  readonly finalizers?: readonly string[] | undefined;
  readonly managedFields?: readonly ManagedFieldsEntry[] | undefined;
}

/** Any object as the simulated server keeps it: a deeply frozen snapshot of one resource version. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

/** An object as a test writes it down: what the server fills in may be left out. */
export interface ObjectInput {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Partial<ObjectMeta> & { readonly name: string };
  readonly [field: string]: unknown;
}

/** A condition in a status. */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  readonly lastTransitionTime?: string | undefined;
}

/** One port in a container's spec. */
export interface ContainerPort {
  readonly name?: string | undefined;
  readonly containerPort: number;
  readonly protocol?: string | undefined;
}

/** One container in a pod's spec. */
export interface Container {
  readonly name: string;
  readonly image?: string | undefined;
  readonly ports?: readonly ContainerPort[] | undefined;
  readonly [field: string]: unknown;
}

/** What a container is doing: the value of `waiting`, `running` or `terminated`. */
export interface ContainerState {
  readonly reason?: string | undefined;
  readonly exitCode?: number | undefined;
  readonly [field: string]: unknown;
}

/** What a pod's status says about one container. */
export interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state?: Readonly<Record<string, ContainerState>> | undefined;
  readonly [field: string]: unknown;
}

/** A pod as the simulated server keeps it. */
export interface PodObject extends KubernetesObject {
  readonly kind: 'Pod';
  readonly spec: {
    readonly containers: readonly Container[];
    readonly nodeName?: string | undefined;
    readonly [field: string]: unknown;
  };
  readonly status: {
    readonly phase: string;
    readonly conditions?: readonly Condition[] | undefined;
    readonly containerStatuses?: readonly ContainerStatus[] | undefined;
    readonly podIP?: string | undefined;
    readonly reason?: string | undefined;
    readonly [field: string]: unknown;
  };
}

/** One port of a service. */
export interface ServicePort {
  readonly name?: string | undefined;
  readonly port: number;
  readonly targetPort?: number | string | undefined;
  readonly protocol?: string | undefined;
  readonly nodePort?: number | undefined;
}

/** A service as the simulated server keeps it. */
export interface ServiceObject extends KubernetesObject {
  readonly kind: 'Service';
  readonly spec: {
    readonly selector?: Readonly<Record<string, string>> | undefined;
    readonly ports?: readonly ServicePort[] | undefined;
    readonly type?: string | undefined;
    readonly clusterIP?: string | undefined;
    readonly publishNotReadyAddresses?: boolean | undefined;
    readonly [field: string]: unknown;
  };
}

/** Names one object of a kind. */
export interface ObjectName {
  readonly name: string;
  /** @default the cluster's default namespace */
  readonly namespace?: string | undefined;
}
