/**
 * Node's cryptography. `import … from 'node:crypto'` would read every export of the module, and with them load all of Web Crypto, which a
 * start of the command would pay for.
 */
export const nodeCrypto: typeof import('node:crypto') = process.getBuiltinModule('node:crypto');
