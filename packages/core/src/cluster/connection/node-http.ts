/**
 * Node's HTTP client. `import … from 'node:http'` would read every export of the module, and one of them (`WebSocket`) loads all of undici,
 * which a start of the command would pay for.
 */
export const nodeHttp: typeof import('node:http') = process.getBuiltinModule('node:http');
