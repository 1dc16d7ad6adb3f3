import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels: {app: {{ .Release.Name }}}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels: {app: {{ .Release.Name }}}
  template:
    metadata:
      labels: {app: {{ .Release.Name }}}
    spec:
      terminationGracePeriodSeconds: 0
      containers:
      - name: web
        image: {{ .Values.image }}
        imagePullPolicy: IfNotPresent
        ports: [{name: http, containerPort: 8080}]
`;

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  selector: {app: {{ .Release.Name }}}
  ports: [{name: http, port: 80, targetPort: http}]
`;

const CONFIG_MAP = `{{- if .Values.settings }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-settings
{{- with .Values.policy }}
  annotations: {helm.sh/resource-policy: {{ . }}}
{{- end }}
data:
  colour: {{ .Values.settings.colour }}
{{- end }}
`;

const HOOK = `{{- if .Values.hook }}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-hook
  annotations:
    helm.sh/hook: pre-install,pre-upgrade
    helm.sh/hook-delete-policy: {{ .Values.hookPolicy | default "before-hook-creation" }}
spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      terminationGracePeriodSeconds: 0
      containers:
      - name: hook
        image: kforge.test/busybox:1
        imagePullPolicy: IfNotPresent
        command: [sh, -c, {{ .Values.hook | quote }}]
{{- end }}
`;

const TEST = `apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}-test
  annotations:
    helm.sh/hook: test
spec:
  restartPolicy: Never
  terminationGracePeriodSeconds: 0
  containers:
  - name: test
    image: kforge.test/busybox:1
    imagePullPolicy: IfNotPresent
    command: [sh, -c, {{ .Values.test | quote }}]
`;

const VALUES = `replicas: 1
image: kforge.test/podserver:1
settings: {colour: blue}
policy: ''
hook: ''
test: echo the test is fine
`;

const NOTES = '{{ .Release.Name }} is {{ (.Values.settings).colour }} in revision {{ .Release.Revision }}.\n';

/**
 * Writes a chart: a deployment with a service and a config map, a hook where `hook` is a line of shell, and a test.
 *
 * @param options `parent`: an existing folder; `crd`: a definition for the folder `crds`.
 * @returns the folder of the chart.
 */
export async function writeChart(options: { readonly parent: string; readonly crd?: object }): Promise<string> {
  const { parent, crd } = options;
  const folder = path.join(parent, crd === undefined ? 'web' : 'web-with-crd');
  const files = {
    'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\nappVersion: "1.0"\n',
    'values.yaml': VALUES,
    'templates/deployment.yaml': DEPLOYMENT,
    'templates/service.yaml': SERVICE,
    'templates/settings.yaml': CONFIG_MAP,
    'templates/hook.yaml': HOOK,
    'templates/tests/test.yaml': TEST,
    'templates/NOTES.txt': NOTES,
    ...(crd !== undefined && { 'crds/gadgets.yaml': JSON.stringify(crd) }),
  };
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return folder;
}
