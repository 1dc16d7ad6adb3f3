import { builtInKind } from '../state/built-in-kinds.ts';
import type { ObjectStore } from '../state/object-store.ts';
import { fieldsOf, listOf } from './defaults/fields.ts';

const FIRST_NODE_PORT = 30_000;

/** Hands out the addresses of one cluster, none that a service has. */
export class Addresses {
  readonly #store: Pick<ObjectStore, 'list'>;
  #pods = 0;
  #services = 0;
  #nodePorts = 0;

  constructor({ store }: { readonly store: Pick<ObjectStore, 'list'> }) {
    this.#store = store;
  }

  /** Addresses that go on from here, without a trace in these: for what is only tried. */
  fork(): Addresses {
    const fork = new Addresses({ store: this.#store });
    fork.#pods = this.#pods;
    fork.#services = this.#services;
    fork.#nodePorts = this.#nodePorts;
    return fork;
  }

  /** An address for a pod, from 10.244.0.0/16. */
  nextPodIp(): string {
    this.#pods += 1;
    return address('10.244', this.#pods);
  }

  /** An address for a service, from 10.96.0.0/16. */
  nextServiceIp(): string {
    const taken = this.takenServiceIps();
    let ip: string;
    do {
      this.#services += 1;
      ip = address('10.96', this.#services);
    } while (taken.has(ip));
    return ip;
  }

  /** A port on every node for a service: 30000 and up. */
  nextNodePort(): number {
    const taken = this.takenNodePorts();
    let port: number;
    do {
      port = FIRST_NODE_PORT + this.#nodePorts;
      this.#nodePorts += 1;
    } while (taken.has(port));
    return port;
  }

  /** The addresses of services, with the name of the one that has each. */
  takenServiceIps(): ReadonlyMap<unknown, string> {
    return new Map(this.#allServices().map(({ metadata, spec }) => [fieldsOf(spec).clusterIP, nameOf(metadata)]));
  }

  /** The ports of services on nodes, with the name of the one that has each. */
  takenNodePorts(): ReadonlyMap<unknown, string> {
    const ports = this.#allServices().flatMap(({ metadata, spec }) =>
      listOf(fieldsOf(spec).ports).map(({ nodePort }) => [nodePort, nameOf(metadata)] as const),
    );
    return new Map(ports);
  }

  #allServices() {
    return this.#store.list({ kind: builtInKind('Service') });
  }
}

function nameOf({ namespace = '', name }: { readonly namespace?: string | undefined; readonly name: string }): string {
  return `${namespace}/${name}`;
}

function address(prefix: string, number: number): string {
  return `${prefix}.${(number >> 8) & 255}.${number & 255}`;
}
