import { createServer, type RequestListener } from 'node:http';
import type { PodHandler } from './pod-handler.ts';

/** Serves HTTP/1.1 with `node:http`, keep-alive and upgrades included. */
export function http(listener: RequestListener): PodHandler {
  const server = createServer(listener);
  // It never listens: a connection is all it gets, and its timers live with that.
  return (connection) => void server.emit('connection', connection);
}
