import type { ContainerHost } from './container-host.ts';
import { ContainerRun } from './container-run.ts';
import type { PodPlan } from './pod-plan.ts';

/** The containers of one pod: which one starts when, and which one starts again. */
export class PodContainers {
  readonly init: readonly ContainerRun[];
  readonly main: readonly ContainerRun[];
  readonly #restartPolicy: PodPlan['restartPolicy'];
  readonly #begun = new Set<ContainerRun>();

  constructor({ plan, host }: { readonly plan: PodPlan; readonly host: ContainerHost }) {
    const waiting = plan.init.length > 0 ? 'PodInitializing' : 'ContainerCreating';
    this.init = plan.init.map((one) => new ContainerRun({ plan: one, host, waiting }));
    this.main = plan.main.map((one) => new ContainerRun({ plan: one, host, waiting }));
    this.#restartPolicy = plan.restartPolicy;
  }

  /** All of them, the init containers first. */
  get all(): readonly ContainerRun[] {
    return [...this.init, ...this.main];
  }

  /** Starts the first init container that has not done its work; when all have, the others. */
  startNext(): void {
    const next = this.init.find((one) => (one.plan.role === 'sidecar' ? one.id === '' : one.ended?.exitCode !== 0));
    for (const container of next ? [next] : this.main) {
      if (this.#begun.has(container)) continue;
      this.#begun.add(container);
      container.start();
    }
  }

  /** Does what follows the end of a container while the pod goes on. */
  goOn(name: string): void {
    const container = this.all.find(({ plan }) => plan.name === name);
    if (!container) return;
    const { role } = container.plan;
    const isFine = container.ended?.exitCode === 0;
    if (role === 'init' && isFine) this.startNext();
    else if (
      role === 'sidecar' ||
      this.#restartPolicy === 'Always' ||
      (this.#restartPolicy === 'OnFailure' && !isFine)
    ) {
      container.startAgain();
    }
  }

  /** Ends the sidecars, which have nothing to stay for when the others have ended. */
  stopSidecars(): void {
    for (const container of this.init) container.stop(0);
  }
}
