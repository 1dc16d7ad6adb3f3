import type { PodHandler } from '../pods/pod-handler.ts';
import type { ContainerPort, ContainerStatus, OwnerReference } from '../state/kubernetes-object.ts';

/** A container as a test writes it down. */
export interface ContainerOptions {
  readonly name: string;
  readonly ports?: readonly ContainerPort[] | undefined;
}

/** A pod as a test writes it down. */
export interface PodOptions {
  readonly name: string;
  /** @default the cluster's default namespace */
  readonly namespace?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  /** @default one container named `main`, with `ports` */
  readonly containers?: readonly ContainerOptions[] | undefined;
  /** The ports of the one container; not together with `containers`. */
  readonly ports?: readonly ContainerPort[] | undefined;
  /** What listens in the pod, by port. A port without a handler refuses connections, whether it is declared or not. */
  readonly serve?: Readonly<Record<number, PodHandler>> | undefined;
  /** What the first container has said so far. @default nothing */
  readonly logs?: readonly string[] | undefined;
  /** @default 'Running' */
  readonly phase?: PodPhase | undefined;
  /** @default true for a running pod */
  readonly ready?: boolean | undefined;
  /** Replaces fields of the status of containers, by the name of the container. A pending pod with it has a node already. */
  readonly containerStates?: Readonly<Record<string, Partial<ContainerStatus>>> | undefined;
  readonly ownerReferences?: readonly OwnerReference[] | undefined;
  /** @default a random one */
  readonly uid?: string | undefined;
}

/** How far a pod has come. */
export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
