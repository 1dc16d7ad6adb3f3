import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { type ApiServer, startApiServer } from './api-server.ts';
import { openTestCluster } from './open-test-cluster.ts';

/** A Kubernetes object, as much of it as a test needs. */
export interface TestObject {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** An API server that keeps objects under their paths, and answers get, list and watch. */
export interface ObjectServer extends AsyncDisposable {
  readonly server: ApiServer;
  readonly cluster: Cluster;
  /** Stores an object in a collection such as `/api/v1/namespaces/shop/pods`, and tells watchers. */
  put(collection: string, object: TestObject): void;
  remove(collection: string, name: string): void;
  /** Answers 403 from now on; `verb` is get, list or watch. */
  deny(verb: string, resource: string): void;
  /** Makes every version so far too old to watch from. */
  expireVersions(): void;
  /** Ends every watch that is open, as servers do now and then. */
  endWatches(): void;
  /** Resolves when a watch of that collection begins. */
  watched(collection: string): Promise<void>;
}

interface Change {
  readonly version: number;
  readonly collection: string;
  readonly type: string;
  readonly object: TestObject;
}

/** Starts a server with one namespace, `shop`. */
export async function startObjectServer(): Promise<ObjectServer> {
  const objects = new Map<string, TestObject>();
  const changes: Change[] = [];
  const watchers = new Set<{ readonly response: ServerResponse; readonly send: (change: Change) => void }>();
  const denied = new Set<string>();
  let oldest = 0;
  const waiting = new Map<string, PromiseWithResolvers<void>>();
  const watchedOnce = (collection: string): PromiseWithResolvers<void> => {
    const entry = waiting.get(collection) ?? Promise.withResolvers<void>();
    waiting.set(collection, entry);
    return entry;
  };

  const change = (type: string, collection: string, object: TestObject): void => {
    const version = changes.length + 1;
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
    if (type === 'DELETED') objects.delete(`${collection}/${object.metadata.name}`);
    else objects.set(`${collection}/${object.metadata.name}`, stored);
    const news = { version, collection, type, object: stored };
    changes.push(news);
    for (const watcher of watchers) watcher.send(news);
  };

  const respond = (request: IncomingMessage, response: ServerResponse): void => {
    response.setHeader('Content-Type', 'application/json');
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    const isWatch = searchParams.get('watch') === 'true';
    const { resource, namespace, isOne } = describe(pathname);
    const verb = isWatch ? 'watch' : isOne ? 'get' : 'list';
    if (denied.has(`${verb} ${resource}`)) {
      forbid(response, { verb, resource, namespace });
      return;
    }
    if (isOne) {
      answerOne(response, { object: objects.get(pathname), pathname });
      return;
    }
    const matches = (object: TestObject): boolean => isSelected(object, searchParams);
    if (!isWatch) {
      const inside = [...objects].filter(([path]) => path.startsWith(`${pathname}/`)).map(([, object]) => object);
      const metadata = { resourceVersion: String(changes.length) };
      response.end(JSON.stringify({ kind: 'List', metadata, items: inside.filter(matches) }));
      return;
    }
    const send = (news: Change): void => {
      if (news.collection !== pathname || !matches(news.object)) return;
      response.write(`${JSON.stringify({ type: news.type, object: news.object })}\n`);
    };
    response.flushHeaders();
    const since = Number(searchParams.get('resourceVersion'));
    if (since < oldest) {
      const object = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' };
      response.end(`${JSON.stringify({ type: 'ERROR', object })}\n`);
      return;
    }
    for (const news of changes.slice(since)) send(news);
    const watcher = { response, send };
    watchers.add(watcher);
    response.once('close', () => watchers.delete(watcher));
    watchedOnce(pathname).resolve();
  };

  const server = await startApiServer({ respond });
  const cluster = await openTestCluster({ server });
  objects.set('/api/v1/namespaces/shop', { metadata: { name: 'shop' } });
  return {
    server,
    cluster,
    put: (collection, object) => {
      const isKnown = objects.has(`${collection}/${object.metadata.name}`);
      change(isKnown ? 'MODIFIED' : 'ADDED', collection, object);
    },
    remove: (collection, name) => {
      const object = objects.get(`${collection}/${name}`);
      if (object) change('DELETED', collection, object);
    },
    deny: (verb, resource) => void denied.add(`${verb} ${resource}`),
    expireVersions: () => {
      oldest = changes.length;
    },
    endWatches: () => {
      for (const { response } of watchers) response.end();
      waiting.clear();
    },
    watched: (collection) => watchedOnce(collection).promise,
    [Symbol.asyncDispose]: async () => {
      await cluster.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

interface Described {
  readonly resource: string;
  readonly namespace: string;
  readonly isOne: boolean;
}

function describe(pathname: string): Described {
  const parts =
    /\/namespaces\/(?<namespace>[^/]+)(?:\/(?<resource>[^/]+)(?:\/(?<name>.+))?)?$/.exec(pathname)?.groups ?? {};
  const { namespace = '', resource = 'namespaces', name } = parts;
  return { namespace, resource, isOne: name !== undefined || resource === 'namespaces' };
}

function forbid(
  response: ServerResponse,
  options: { readonly verb: string; readonly resource: string; readonly namespace: string },
): void {
  const { verb, resource, namespace } = options;
  const message = `${resource} is forbidden: User "dev" cannot ${verb} resource "${resource}" in API group "" in the namespace "${namespace}"`;
  response.writeHead(403).end(JSON.stringify({ kind: 'Status', reason: 'Forbidden', message, code: 403 }));
}

function answerOne(
  response: ServerResponse,
  options: { readonly object: TestObject | undefined; readonly pathname: string },
): void {
  if (options.object) {
    response.end(JSON.stringify(options.object));
    return;
  }
  const message = `${options.pathname} not found`;
  response.writeHead(404).end(JSON.stringify({ kind: 'Status', reason: 'NotFound', message, code: 404 }));
}

function isSelected(object: TestObject, query: URLSearchParams): boolean {
  const name = query.get('fieldSelector')?.replace('metadata.name=', '');
  if (name !== undefined && object.metadata.name !== name) return false;
  const wanted = (query.get('labelSelector') ?? '').split(',').filter(Boolean);
  return wanted.every((part) => {
    const [key = '', value] = part.split('=');
    return object.metadata.labels?.[key] === value;
  });
}
