/** The kinds of object that a forward can be addressed to, by name. */
export type TargetKind = 'pod' | 'service' | 'deployment' | 'statefulset' | 'daemonset' | 'replicaset' | 'job';

/** What a forward leads to: one object by name, or whatever pod a label selector matches. */
export type Target =
  | { readonly kind: TargetKind; readonly name: string }
  | {
      readonly kind: 'selector';
      /** A label selector in kubectl's grammar: `app=web,tier in (front,edge)`. */
      readonly selector: string;
    };

/** A remote port as a person writes it: a number from 1 to 65535, or the name that a container or service gives it. */
export type RemotePort = number | string;

/** One pod that a target was resolved to. The UID tells it from a later pod of the same name. */
export interface PodIdentity {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
}

/** A target resolved to one running pod, and each remote port to a number inside that pod. */
export interface ResolvedTarget {
  readonly pod: PodIdentity;
  /** In the order in which the ports were asked for. */
  readonly ports: readonly ResolvedPort[];
}

/** A remote port as it was asked for and as the pod knows it. */
export interface ResolvedPort {
  readonly requested: RemotePort;
  /** The requested port as a number on the target itself: a service's own port, for everything else the same as `podPort`. */
  readonly numberOnTarget: number;
  /** The number inside the pod, 1 to 65535. */
  readonly podPort: number;
}
