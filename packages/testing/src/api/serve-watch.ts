import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock/clock.ts';
import { StatusError } from '../errors/status-error.ts';
import { badRequest } from '../errors/statuses.ts';
import { ShapedResponse } from '../faults/requests/shaped-response.ts';
import type { WatchFaults } from '../faults/watches/watch-faults.ts';
import { WatchLine, type WatchSink } from '../faults/watches/watch-line.ts';
import { isTrue } from '../http/parse-request.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';
import { apiVersionOf, type ResourceKind } from '../state/resource-kind.ts';
import { type ObjectFormat, objectFormat } from './object-format.ts';
import { selectObjects } from './object-selector.ts';
import { resourceVersion } from './resource-version.ts';
import { ServedObjects } from './served-objects.ts';

/** A GET with `watch=true`. */
export interface WatchRequest {
  readonly clock: Clock;
  readonly store: ObjectStore;
  readonly kind: ResourceKind;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly query: URLSearchParams;
  readonly accept: string | undefined;
  readonly response: ServerResponse;
  /** The name of the user, for faults that are meant for somebody. */
  readonly user?: string | undefined;
  readonly faults?: WatchFaults | undefined;
}

/** A watcher that leaves more than this unread is cut off, in bytes. */
const MAX_UNREAD_BYTES = 16 * 1024 * 1024;
/** The longest time that a watch may ask for, in seconds. */
const MAX_TIMEOUT_SECONDS = 24 * 3600;

/**
 * Answers with one JSON line per change (<https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes>).
 * A bookmark is sent at the end of the initial events of a streaming list (KEP-3157) and right before `timeoutSeconds` end the watch.
 *
 * @throws StatusError 400 for parameters that make no sense. A revision older than the history is an `ERROR` event with a 410.
 */
export function serveWatch(request: WatchRequest): void {
  const { store, kind, query, response } = request;
  const selects = selectObjects(request);
  const format = objectFormat(request);
  const objects = new ServedObjects({ store, kind });
  const start = watchStart({ query, current: store.revision });
  const timeoutMs = readTimeout(query);
  const bookmarks = isTrue(query.get('allowWatchBookmarks'));

  response.writeHead(200, { 'content-type': format.contentType });
  response.flushHeaders();
  const line = watchLine(request);
  const send = eventSender({ line, format });
  const bookmark = (annotations?: Record<string, string>) => {
    if (bookmarks) send('BOOKMARK', bookmarkObject({ kind, revision: store.revision, annotations }));
  };
  if (start.initialEvents) {
    for (const object of objects.list({ namespace: request.namespace }).filter(selects)) send('ADDED', object);
    if (start.endMarked) bookmark({ 'k8s.io/initial-events-end': 'true' });
  }
  try {
    const end = objects.watch({
      selects,
      after: start.after,
      onChange: ({ type, object }) => send(type, object),
    });
    const timeUp = (): void => {
      bookmark();
      response.end();
    };
    const cancel = timeoutMs === undefined ? undefined : request.clock.setTimeout(timeUp, timeoutMs);
    response.once('close', () => {
      end();
      line.close();
      cancel?.();
    });
  } catch (error) {
    line.close();
    if (!(error instanceof StatusError)) throw error;
    line.sink.fail(error);
  }
}

/** What the events of the watch go through before they reach the client. */
function watchLine({ kind, namespace, name, user, response, faults }: WatchRequest): WatchLine {
  const { method = 'GET', url = '/' } = response.req;
  const path = url.split('?', 1)[0] ?? '/';
  const facts = { method, path, verb: 'watch', group: kind.group, resource: kind.resource, namespace, name, user };
  const isOver = (): boolean => response.destroyed || response.writableEnded;
  const sink: WatchSink = {
    write: (event) => {
      if (isOver()) return;
      response.write(event);
      const unread = response.writableLength + (response instanceof ShapedResponse ? response.heldBytes : 0);
      if (unread > MAX_UNREAD_BYTES) response.destroy();
    },
    fail: (error) => {
      if (!isOver()) response.end(`${JSON.stringify({ type: 'ERROR', object: error.toStatus() })}\n`);
    },
    destroy: () => response.destroy(),
  };
  return faults?.open({ facts, sink }) ?? new WatchLine({ facts, sink });
}

/** Where a watch begins, and whether the objects that are there now come first. */
function watchStart({ query, current }: { query: URLSearchParams; current: number }) {
  const streaming = query.get('sendInitialEvents');
  const asked = resourceVersion(streaming === null ? { query } : { query, current });
  if (streaming !== null && query.get('resourceVersionMatch') !== 'NotOlderThan') {
    throw badRequest('sendInitialEvents is only allowed together with resourceVersionMatch=NotOlderThan');
  }
  if (streaming === null && query.get('resourceVersionMatch')) {
    throw badRequest('resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided');
  }
  const initialEvents = streaming === null ? asked === undefined || asked === 0 : isTrue(streaming);
  // Without initial events and without a version to start from, a watch tells what happens from now on.
  const after = initialEvents || asked === undefined || asked === 0 ? current : asked;
  return { initialEvents, endMarked: streaming !== null, after };
}

function readTimeout(query: URLSearchParams): number | undefined {
  const text = query.get('timeoutSeconds') ?? '';
  if (text === '' || text === '0') return undefined;
  if (!/^\d{1,9}$/.test(text)) throw badRequest(`Invalid value: "${text}": timeoutSeconds is no number`);
  return Math.min(Number(text), MAX_TIMEOUT_SECONDS) * 1000;
}

function eventSender({ line, format }: { line: WatchLine; format: ObjectFormat }) {
  let first = true;
  return (type: string, object: KubernetesObject): void => {
    line.send(Buffer.from(`${JSON.stringify({ type, object: format.event(object, first) })}\n`));
    first = false;
    if (line.heldBytes > MAX_UNREAD_BYTES) line.sink.destroy();
  };
}

/** An object of the kind that says nothing but the revision up to which the watcher has heard everything. */
function bookmarkObject(options: {
  readonly kind: ResourceKind;
  readonly revision: number;
  readonly annotations: Readonly<Record<string, string>> | undefined;
}): KubernetesObject {
  const { kind, revision, annotations } = options;
  const metadata = { resourceVersion: String(revision), creationTimestamp: null, ...(annotations && { annotations }) };
  return { kind: kind.kind, apiVersion: apiVersionOf(kind), metadata } as unknown as KubernetesObject;
}
