import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock/clock.ts';
import { notFound } from '../errors/statuses.ts';
import { openPodLog } from '../runtime/open-pod-log.ts';
import { parseLogQuery } from '../runtime/parse-log-query.ts';
import type { PodLogs } from '../runtime/pod-logs.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { PodObject } from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';

/**
 * Answers a GET of `pods/…/log` with text, piece by piece while it is followed.
 *
 * @throws StatusError 404, 400 in the words of the kubelet, 422 for parameters that cannot be.
 */
export async function serveLog(options: {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly logs: PodLogs;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly query: URLSearchParams;
  readonly response: ServerResponse;
}): Promise<void> {
  const { store, clock, logs, namespace, name, query, response } = options;
  const kind = builtInKind('Pod');
  const pod = store.get({ kind, namespace, name });
  if (!pod) throw notFound({ ...kind, name });
  const closed = new AbortController();
  response.once('close', () => closed.abort());
  const range = { ...parseLogQuery({ query, podName: name, nowMs: clock.now() }), signal: closed.signal };
  const chunks = openPodLog({ pod: pod as PodObject, logs, options: range });
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.flushHeaders();
  for await (const chunk of chunks) {
    // A reader that does not keep up is waited for: lines that are dropped meanwhile are lost to it.
    if (!response.write(chunk)) await drained(response);
  }
  response.end();
}

/** Fulfilled when the response takes more, or nobody reads it any more. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.once('drain', done);
    response.once('close', done);
  });
}
