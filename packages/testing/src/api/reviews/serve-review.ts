import type { Authorizer } from '../../access/authorizer.ts';
import type { Tokens } from '../../access/tokens.ts';
import type { User } from '../../access/user.ts';
import { notImplemented } from '../../errors/refusals.ts';
import { sendJson } from '../../http/send.ts';
import { apiVersionOf } from '../../state/resource-kind.ts';
import type { ApiContext } from '../api-context.ts';
import { requireObject } from '../write/read-object.ts';
import type { WriteRequest } from '../write/write-request.ts';
import { answerReview, isReviewKind } from './answer-review.ts';

/**
 * Answers a POST of a review: 201 with the object and its status; nothing is kept.
 *
 * @throws StatusError 400, 413, 415, 422.
 */
export async function serveReview(
  write: WriteRequest & {
    readonly context: ApiContext & { readonly authorizer: Authorizer; readonly tokens: Tokens };
    readonly user: User;
  },
): Promise<void> {
  const { context, kind, namespace, user, request, response } = write;
  if (!isReviewKind(kind.kind)) throw notImplemented(`answers to ${kind.kind}`);
  const expected = { apiVersion: apiVersionOf(kind), kind: kind.kind };
  const object = await requireObject({ request, types: context.types, expected });
  const { authorizer, tokens, clock } = context;
  const body = answerReview({ kind: kind.kind, object, namespace, user, authorizer, tokens, clock });
  sendJson(response, { body, status: 201 });
}
