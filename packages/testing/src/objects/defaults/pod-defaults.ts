import type { Fields } from '../../documents/fields.ts';
import { listOf, withDefaults } from './fields.ts';
import { podSpecDefaults } from './pod-spec-defaults.ts';

/** What becomes of a pod on a node that is lost: it stays for this long. */
const LOST_NODE_SECONDS = 300;

/** What the API server fills into a pod itself, as opposed to a template: that comes from admission. */
export function podDefaults(spec: unknown): Fields {
  const complete = withDefaults(podSpecDefaults(spec), {
    serviceAccountName: 'default',
    serviceAccount: 'default',
    priority: 0,
    preemptionPolicy: 'PreemptLowerPriority',
    enableServiceLinks: true,
  });
  return { ...complete, tolerations: tolerationsOf(complete) };
}

function tolerationsOf({ tolerations }: Fields): readonly Fields[] {
  const given = listOf(tolerations);
  const added = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']
    .filter((key) => !given.some((each) => tolerates(each, key)))
    .map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: LOST_NODE_SECONDS }));
  return [...given, ...added];
}

function tolerates(toleration: Fields, key: string): boolean {
  const { effect } = toleration;
  const isForAll = toleration.key === undefined || toleration.key === '';
  return (isForAll || toleration.key === key) && (effect === undefined || effect === '' || effect === 'NoExecute');
}
