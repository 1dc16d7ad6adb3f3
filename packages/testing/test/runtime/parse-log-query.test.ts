import { expect, test } from 'vitest';
import { parseLogQuery } from '../../src/runtime/parse-log-query.ts';

function parse(query: string) {
  return parseLogQuery({ query: new URLSearchParams(query), podName: 'web', nowMs: 100_000 });
}

test('reads what kubectl asks for', () => {
  expect(
    parse('container=main&follow=true&tailLines=5&sinceSeconds=10&timestamps=1&limitBytes=7&previous=false'),
  ).toEqual({
    container: 'main',
    follow: true,
    previous: false,
    timestamps: true,
    tailLines: 5,
    limitBytes: 7,
    sinceMs: 90_000,
  });
  expect(parse('sinceTime=1970-01-01T01:00:10%2B01:00').sinceMs).toBe(10_000);
  expect(parse('')).toMatchObject({ follow: false, previous: false, timestamps: false });
});

test.each([
  ['tailLines=x', 400, 'strconv.ParseInt: parsing "x": invalid syntax'],
  [
    'sinceTime=yesterday',
    400,
    'parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"',
  ],
  [
    'tailLines=-1',
    422,
    'PodLogOptions "web" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0',
  ],
  ['limitBytes=0', 422, 'PodLogOptions "web" is invalid: limitBytes: Invalid value: 0: must be greater than 0'],
  ['sinceSeconds=0', 422, 'PodLogOptions "web" is invalid: sinceSeconds: Invalid value: 0: must be greater than 0'],
  [
    'sinceSeconds=1&sinceTime=2020-01-01T00:00:00Z',
    422,
    'PodLogOptions "web" is invalid: []: Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
  ],
])('refuses %s in the words of a real server', (query, code, message) => {
  expect(() => parse(query)).toThrow(expect.objectContaining({ code, message }));
});
