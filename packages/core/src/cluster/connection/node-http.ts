/**
 * Node's HTTP client. `import … from 'node:http'` would read every export of the module, and one of them (`WebSocket`) loads all of undici:
 * 20 ms of a start that takes 100.
 */
export const nodeHttp: typeof import('node:http') = process.getBuiltinModule('node:http');
