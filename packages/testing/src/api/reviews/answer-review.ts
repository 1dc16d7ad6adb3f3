import type { Authorizer } from '../../access/authorizer.ts';
import type { Tokens } from '../../access/tokens.ts';
import type { User } from '../../access/user.ts';
import { type Clock, timestamp } from '../../clock/clock.ts';
import { answerAccessReview } from './access-review.ts';
import { answerRulesReview } from './rules-review.ts';
import { answerTokenReview, userInfo } from './token-review.ts';

/** The kinds of objects that are not kept but answered. */
export type ReviewKind =
  | 'LocalSubjectAccessReview'
  | 'SelfSubjectAccessReview'
  | 'SelfSubjectReview'
  | 'SelfSubjectRulesReview'
  | 'SubjectAccessReview'
  | 'TokenReview';

/** A question about users and what they may do. */
export interface ReviewRequest {
  readonly kind: ReviewKind;
  /** The object in the body of the request, decoded but not checked. */
  readonly object: Readonly<Record<string, unknown>>;
  /** Of the path. */
  readonly namespace: string | undefined;
  /** Who asks. */
  readonly user: User;
  readonly authorizer: Authorizer;
  readonly tokens: Pick<Tokens, 'find'>;
  readonly clock: Clock;
}

/** Whether objects of a kind are answered by {@link answerReview}. */
export function isReviewKind(kind: string): kind is ReviewKind {
  return Object.hasOwn(ANSWERS, kind);
}

/**
 * Answers a review: the object with its status, for a 201. Whether the sender may ask is a matter of the caller.
 *
 * @throws StatusError 400 for fields of the wrong type or a missing namespace, 422 for what asks nothing, or two things at once.
 */
export function answerReview(request: ReviewRequest): object {
  return ANSWERS[request.kind](request);
}

const ANSWERS: Readonly<Record<ReviewKind, (request: ReviewRequest) => object>> = {
  LocalSubjectAccessReview: answerAccessReview,
  SelfSubjectAccessReview: answerAccessReview,
  SelfSubjectReview: ({ user, clock }) => ({
    kind: 'SelfSubjectReview',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { creationTimestamp: timestamp(clock) },
    status: { userInfo: userInfo(user) },
  }),
  SelfSubjectRulesReview: answerRulesReview,
  SubjectAccessReview: answerAccessReview,
  TokenReview: answerTokenReview,
};
