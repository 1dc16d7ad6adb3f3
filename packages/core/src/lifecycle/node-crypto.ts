/**
 * Node's cryptography. `import … from 'node:crypto'` would read every export of the module, and with them load all of Web Crypto: 4 ms of a
 * start that takes 100.
 */
export const nodeCrypto: typeof import('node:crypto') = process.getBuiltinModule('node:crypto');
