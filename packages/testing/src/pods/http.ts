import { createServer, type RequestListener } from 'node:http';
import type { PodHandler } from './pod-handler.ts';

/**
 * A pod that speaks HTTP/1.1: every connection goes to an HTTP server with this listener. Nothing listens on this
 * machine.
 */
export function http(listener: RequestListener): PodHandler {
  const server = createServer(listener);
  return (connection) => {
    server.emit('connection', connection);
  };
}
