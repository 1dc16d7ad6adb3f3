import { expect, test } from 'vitest';
import { formatTarget, parseTarget } from '../../src/cluster/parse-target.ts';

test.each([
  ['web', 'pod', 'pod/web'],
  ['pod/web', 'pod', 'pod/web'],
  ['po/web', 'pod', 'pod/web'],
  ['pods/web', 'pod', 'pod/web'],
  ['svc/web', 'service', 'svc/web'],
  ['Service/web', 'service', 'svc/web'],
  ['services/web', 'service', 'svc/web'],
  ['deploy/web', 'deployment', 'deploy/web'],
  ['deployments.apps/web', 'deployment', 'deploy/web'],
  ['sts/web', 'statefulset', 'sts/web'],
  ['statefulset/web', 'statefulset', 'sts/web'],
  ['ds/web', 'daemonset', 'ds/web'],
  ['rs/web', 'replicaset', 'rs/web'],
  ['jobs/web', 'job', 'job/web'],
])('%s is a %s', (text, kind, formatted) => {
  const target = parseTarget(text);
  expect(target).toEqual({ kind, name: 'web' });
  expect(formatTarget(target)).toBe(formatted);
});

test('a selector is formatted as it is', () => {
  expect(formatTarget({ kind: 'selector', selector: 'app=web' })).toBe('app=web');
});

test.each(['configmap/web', '/web', 'svc/', '', 'svc/a/b', 'Web', 'a..b', '../x', 'a'.repeat(254), 'web:80', '-l'])(
  '%j is no target',
  (text) => {
    expect(() => parseTarget(text)).toThrowError(expect.objectContaining({ code: 'OPTIONS_INVALID' }));
  },
);
