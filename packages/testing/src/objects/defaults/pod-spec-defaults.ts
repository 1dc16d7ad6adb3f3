import type { Fields } from '../../documents/fields.ts';
import { changeField, changeItems, withDefaults } from './fields.ts';

/** What the API server fills into the specification of a pod, wherever one stands. */
export function podSpecDefaults(spec: unknown): Fields {
  let complete = withDefaults(spec, {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  });
  // Both names of the field are kept the same, as long as the old one exists.
  const account = complete.serviceAccountName ?? complete.serviceAccount;
  if (account !== undefined && account !== '') {
    complete = { ...complete, serviceAccountName: account, serviceAccount: account };
  }
  for (const name of ['initContainers', 'containers', 'ephemeralContainers']) {
    complete = changeItems(complete, name, containerDefaults);
  }
  return changeItems(complete, 'volumes', volumeDefaults);
}

/** The same for a pod template. */
export function podTemplateDefaults(template: unknown): Fields {
  const complete = withDefaults(template, { metadata: {} });
  return { ...complete, spec: podSpecDefaults(complete.spec) };
}

function containerDefaults(container: Fields): Fields {
  let complete = withDefaults(container, {
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: pullPolicy(container.image),
  });
  complete = changeItems(complete, 'ports', (port) => withDefaults(port, { protocol: 'TCP' }));
  complete = changeItems(complete, 'env', (variable) =>
    changeField(variable, 'valueFrom', (from) =>
      changeField(from, 'fieldRef', (reference) => withDefaults(reference, { apiVersion: 'v1' })),
    ),
  );
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    complete = changeField(complete, name, probeDefaults);
  }
  return complete;
}

/** Images without a tag or with `latest` may be others tomorrow. */
function pullPolicy(image: unknown): string {
  if (typeof image !== 'string') return 'IfNotPresent';
  const name = image.slice(image.lastIndexOf('/') + 1);
  if (name.includes('@')) return 'IfNotPresent';
  return !name.includes(':') || name.endsWith(':latest') ? 'Always' : 'IfNotPresent';
}

function probeDefaults(probe: Fields): Fields {
  const complete = withDefaults(probe, {
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  });
  return changeField(complete, 'httpGet', (get) => withDefaults(get, { path: '/', scheme: 'HTTP' }));
}

const FILE_MODE = { defaultMode: 0o644 };

function volumeDefaults(volume: Fields): Fields {
  let complete = volume;
  for (const name of ['configMap', 'secret', 'downwardAPI', 'projected']) {
    complete = changeField(complete, name, (source) => withDefaults(source, FILE_MODE));
  }
  complete = changeField(complete, 'hostPath', (source) => withDefaults(source, { type: '' }));
  return Object.keys(complete).length === 1 ? { ...complete, emptyDir: {} } : complete;
}
