import type { Tokens } from '../../access/tokens.ts';
import { sendJson } from '../../http/send.ts';
import type { ApiContext } from '../api-context.ts';
import { requireObject } from '../write/read-object.ts';
import type { NamedWriteRequest } from '../write/write-request.ts';
import { answerTokenRequest } from './token-request.ts';

const TOKEN_REQUEST = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest' };

/** Answers a POST of `serviceaccounts/NAME/token`: 201 with a token. @throws StatusError 400, 404, 413, 415, 422. */
export async function serveTokenRequest(
  write: NamedWriteRequest & { readonly context: ApiContext & { readonly tokens: Tokens } },
): Promise<void> {
  const { context, namespace = '', name, request, response } = write;
  const { store, tokens, clock, types } = context;
  const object = await requireObject({ request, types, expected: TOKEN_REQUEST });
  sendJson(response, { body: answerTokenRequest({ object, namespace, name, store, tokens, clock }), status: 201 });
}
