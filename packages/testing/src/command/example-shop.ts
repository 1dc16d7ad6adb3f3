import { http } from '../pods/http.ts';
import { redis } from '../pods/redis.ts';
import type { ImageOptions } from '../runtime/images.ts';

/** What to try first. */
export const EXAMPLE_HINTS = `
  kubectl get all
  kubectl port-forward service/web 8080:80    then  curl localhost:8080
  kubectl rollout restart deployment/web
  kubectl logs statefulset/redis
  helm create shop && helm install shop ./shop --wait
`;

/** The images of the example: a web server that names its pod, and a redis. */
export function exampleImages(): readonly ImageOptions[] {
  return [
    {
      name: 'example.test/web',
      serve: { 8080: (connection, context) => greeting(context.podName)(connection, context) },
      readyMs: 1000,
      logs: ['listening on :8080'],
    },
    { name: 'example.test/redis', serve: { 6379: redis() }, readyMs: 500, logs: ['Ready to accept connections tcp'] },
  ];
}

function greeting(podName: string) {
  return http((_request, response) => void response.end(`hello from ${podName}\n`));
}

/** The objects of the example, as a user would apply them. */
export function exampleManifests(): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web } }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, image: "example.test/web:1", ports: [{ name: http, containerPort: 8080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: http }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: redis, labels: { app: redis } }
spec:
  serviceName: redis
  replicas: 1
  selector: { matchLabels: { app: redis } }
  template:
    metadata: { labels: { app: redis } }
    spec:
      containers:
        - { name: redis, image: "example.test/redis:7", ports: [{ name: redis, containerPort: 6379 }] }
---
apiVersion: v1
kind: Service
metadata: { name: redis }
spec: { clusterIP: None, selector: { app: redis }, ports: [{ name: redis, port: 6379, targetPort: redis }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: web }
data: { greeting: hello }
`;
}
