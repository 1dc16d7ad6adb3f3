import { API_AUDIENCE } from '../../access/service-account-token.ts';
import type { User } from '../../access/user.ts';
import { badRequest } from '../../errors/statuses.ts';
import type { ReviewRequest } from './answer-review.ts';
import { readFields, readText, readTexts } from './read-fields.ts';

/** Answers a TokenReview: whose token that is. @throws StatusError 400 without a token. */
export function answerTokenReview({ object, tokens }: ReviewRequest): object {
  const spec = readFields(object.spec, 'spec') ?? {};
  const token = readText(spec.token, 'spec.token');
  const audiences = readTexts(spec.audiences, 'spec.audiences');
  if (token === '') throw badRequest('token is required for TokenReview in authentication');
  const isForUs = audiences.length === 0 || audiences.includes(API_AUDIENCE);
  const user = isForUs ? tokens.find(token) : undefined;
  return {
    kind: 'TokenReview',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: {},
    spec,
    status: user
      ? { authenticated: true, user: userInfo(user), audiences: [API_AUDIENCE] }
      : { user: {}, error: 'invalid bearer token' },
  };
}

/** A user as reviews show it. */
export function userInfo({ name, uid, groups, extra }: User): object {
  return { username: name, ...(uid !== undefined && { uid }), groups, ...(extra && { extra }) };
}
