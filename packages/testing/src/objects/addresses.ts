/** Hands out the addresses of one cluster: each once. */
export class Addresses {
  #pods = 0;
  #services = 0;
  #nodePorts = 0;

  /** An address for a pod, from 10.244.0.0/16. */
  nextPodIp(): string {
    this.#pods += 1;
    return address('10.244', this.#pods);
  }

  /** An address for a service, from 10.96.0.0/16. */
  nextServiceIp(): string {
    this.#services += 1;
    return address('10.96', this.#services);
  }

  /** A port on every node for a service: 30000 and up. */
  nextNodePort(): number {
    this.#nodePorts += 1;
    return 29_999 + this.#nodePorts;
  }
}

function address(prefix: string, number: number): string {
  return `${prefix}.${(number >> 8) & 255}.${number & 255}`;
}
