import { randomBytes } from 'node:crypto';
import { API_AUDIENCE, issueServiceAccountToken } from '../../access/service-account-token.ts';
import type { Tokens } from '../../access/tokens.ts';
import { type Clock, timestamp } from '../../clock/clock.ts';
import type { Fields } from '../../documents/fields.ts';
import { invalid, invalidValue } from '../../errors/invalid.ts';
import { badRequest, notFound } from '../../errors/statuses.ts';
import { builtInKind } from '../../state/built-in-kinds.ts';
import type { ObjectKey, ObjectStore } from '../../state/object-store.ts';
import { readFields, readText, readTexts } from './read-fields.ts';

const DEFAULT_SECONDS = 3600;
const MIN_SECONDS = 600;
const MAX_SECONDS = 2 ** 32;

/** A request for a token of a service account. */
export interface TokenRequest {
  /** The TokenRequest in the body, decoded but not checked. */
  readonly object: Fields;
  /** The namespace and name in the path. */
  readonly namespace: string;
  readonly name: string;
  readonly store: ObjectStore;
  readonly tokens: Tokens;
  readonly clock: Clock;
}

/**
 * Answers a POST of `serviceaccounts/NAME/token` (`kubectl create token`): the object with a token, for a 201. The token is opaque, no JWT:
 * nobody but this server can say whose it is. One for other audiences alone is not accepted by this server.
 *
 * @throws StatusError 404 for an unknown service account or an unknown object to bind to; 400; 422 for less than ten minutes.
 */
export function answerTokenRequest(request: TokenRequest): object {
  const { object, namespace, name, store, tokens, clock } = request;
  const kind = builtInKind('ServiceAccount');
  const account = store.get({ kind, namespace, name });
  if (!account) throw notFound({ ...kind, name });
  checkMetadata(request);
  const spec = readFields(object.spec, 'spec') ?? {};
  const seconds = readSeconds(spec);
  const audiences = readTexts(spec.audiences, 'spec.audiences');
  const lifetimeMs = seconds * 1000;
  const boundTo = readBoundObject({ spec, namespace, store });
  const isForUs = audiences.length === 0 || audiences.includes(API_AUDIENCE);
  const token = isForUs
    ? issueServiceAccountToken({ store, tokens, account, lifetimeMs, boundTo }).token
    : randomBytes(32).toString('base64url');
  return {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { name, namespace, uid: account.metadata.uid, creationTimestamp: timestamp(clock) },
    spec: {
      audiences: audiences.length === 0 ? [API_AUDIENCE] : audiences,
      expirationSeconds: seconds,
      boundObjectRef: spec.boundObjectRef ?? null,
    },
    status: { token, expirationTimestamp: timestamp({ now: () => clock.now() + lifetimeMs }) },
  };
}

function checkMetadata({ object, namespace, name }: TokenRequest): void {
  const metadata = readFields(object.metadata, 'metadata') ?? {};
  const [ownName, ownNamespace] = [
    readText(metadata.name, 'metadata.name'),
    readText(metadata.namespace, 'metadata.namespace'),
  ];
  if (ownName !== '' && ownName !== name) {
    const cause = invalidValue('metadata.name', ownName, 'must match the service account name if specified');
    throw invalid({ kind: 'TokenRequest', group: 'authentication.k8s.io', name, causes: [cause] });
  }
  if (ownNamespace !== '' && ownNamespace !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
}

function readSeconds({ expirationSeconds = DEFAULT_SECONDS }: Fields): number {
  const seconds = expirationSeconds ?? DEFAULT_SECONDS;
  if (typeof seconds !== 'number' || !Number.isInteger(seconds))
    throw badRequest('spec.expirationSeconds is no whole number');
  if (seconds >= MIN_SECONDS && seconds <= MAX_SECONDS) return seconds;
  const detail =
    seconds < MIN_SECONDS
      ? 'may not specify a duration less than 10 minutes'
      : 'may not specify a duration larger than 2^32 seconds';
  const causes = [invalidValue('spec.expirationSeconds', seconds, detail)];
  throw invalid({ kind: 'TokenRequest', group: 'authentication.k8s.io', name: '', causes });
}

function readBoundObject(options: {
  readonly spec: Fields;
  readonly namespace: string;
  readonly store: ObjectStore;
}): { key: ObjectKey; uid: string } | undefined {
  const { spec, namespace, store } = options;
  const reference = readFields(spec.boundObjectRef, 'spec.boundObjectRef');
  if (!reference) return undefined;
  const text = (field: string): string => readText(reference[field], `spec.boundObjectRef.${field}`);
  const [apiVersion, kindName, name, uid] = [text('apiVersion'), text('kind'), text('name'), text('uid')];
  if (apiVersion !== 'v1' || !['Node', 'Pod', 'Secret'].includes(kindName)) {
    const [version = '', group = ''] = apiVersion.split('/').reverse();
    throw badRequest(`cannot bind token to object of type ${group}/${version}, Kind=${kindName}`);
  }
  if (name === '') throw badRequest('Name parameter required.');
  const kind = builtInKind(kindName);
  const key: ObjectKey = { kind, namespace: kind.namespaced ? namespace : undefined, name };
  const found = store.get(key);
  if (!found || (uid !== '' && uid !== found.metadata.uid)) throw notFound({ ...kind, name });
  return { key, uid: found.metadata.uid };
}
