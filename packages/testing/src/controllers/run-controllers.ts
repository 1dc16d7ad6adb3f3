import type { ControllerContext } from './controller-context.ts';
import { runCustomResourceController } from './custom-resource-controller.ts';
import { runDaemonSetController } from './daemon-set-controller.ts';
import { runDeploymentController } from './deployment-controller.ts';
import { runEndpointSliceController } from './endpoint-slice-controller.ts';
import { runGarbageCollector } from './garbage-collector.ts';
import { runJobController } from './job-controller.ts';
import { runNamespaceController } from './namespace-controller.ts';
import { runReplicaSetController } from './replica-set-controller.ts';
import { runStatefulSetController } from './stateful-set-controller.ts';
import { runVolumeClaimController } from './volume-claim-controller.ts';

/**
 * Runs every controller until the signal aborts. They act on changes only, so they start before the first object is there. On one change
 * they work in this order, again and again until none of them has anything left to do.
 */
export function runControllers(context: ControllerContext): void {
  runCustomResourceController(context);
  runNamespaceController(context);
  runVolumeClaimController(context);
  runDeploymentController(context);
  runReplicaSetController(context);
  runStatefulSetController(context);
  runDaemonSetController(context);
  runJobController(context);
  runEndpointSliceController(context);
  runGarbageCollector(context);
}
