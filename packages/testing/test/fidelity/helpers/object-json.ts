/** A list whose first element tests look at. */
type List<T> = readonly [T, ...T[]];

type Words = Readonly<Record<string, string>>;

interface ContainerJson {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly object[];
  readonly ports?: readonly object[];
}

interface ContainerStatusJson {
  readonly state: { readonly waiting: { readonly message: string }; readonly terminated: object };
  readonly lastState: { readonly terminated: { readonly exitCode: number; readonly reason: string } };
}

/** An object of any kind in JSON, with the fields that tests look at. A field may be absent where its kind does not have it. */
export interface ObjectJson {
  readonly kind: string;
  readonly type: string;
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly generation: number;
    readonly resourceVersion: string;
    readonly labels?: Words;
    readonly annotations?: Words;
    readonly managedFields: List<{ readonly manager: string; readonly operation: string }>;
    readonly ownerReferences: List<{ readonly kind: string }>;
    readonly deletionTimestamp?: string;
    readonly deletionGracePeriodSeconds?: number;
    readonly continue: string;
    readonly remainingItemCount: number;
  };
  readonly data: Words;
  readonly endpoints: readonly object[] | null;
  readonly items: List<ObjectJson>;
  readonly spec: {
    readonly unschedulable?: boolean;
    readonly selector: object;
    readonly template: { readonly spec: { readonly containers: List<ContainerJson> } };
    readonly containers: List<ContainerJson>;
    readonly ports: List<{ readonly nodePort: number }>;
    readonly clusterIP: string;
    readonly clusterIPs: readonly string[];
    readonly minReplicas: number;
    readonly maxReplicas: number;
    readonly scaleTargetRef: { readonly name: string };
  };
  readonly status: {
    readonly phase: string;
    readonly podIP: string;
    readonly observedGeneration: number;
    readonly desiredNumberScheduled: number;
    readonly numberReady: number;
    readonly conditions: List<ConditionJson>;
    readonly containerStatuses: List<ContainerStatusJson>;
    readonly initContainerStatuses: readonly object[];
  };
}

/** One condition of a status. */
export interface ConditionJson {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}
