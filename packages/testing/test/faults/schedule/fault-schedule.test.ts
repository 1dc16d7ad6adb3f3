import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FakeClock } from '../../../src/clock/fake-clock.ts';
import { drawSteps } from '../../../src/faults/schedule/draw-steps.ts';
import type { FaultKind, FaultStep } from '../../../src/faults/schedule/fault-step.ts';
import { echo } from '../../../src/pods/echo.ts';
import { FaultyServer } from '../helpers/faulty-server.ts';

test('the same seed draws the same steps, a thousand times, and they survive JSON', () => {
  const texts = new Set<string>();
  for (let seed = 0; seed < 1000; seed += 1) {
    const steps = drawSteps({ seed, durationMs: 20_000 });
    const text = JSON.stringify(steps);
    texts.add(text);
    expect(drawSteps({ seed, durationMs: 20_000 })).toEqual(steps);
    expect(JSON.parse(text)).toEqual(steps);
  }
  expect(texts.size).toBe(1000);
});

test('steps come in order, until the end, about as far apart as asked for', () => {
  const steps = drawSteps({ seed: 7, durationMs: 1_000_000, meanIntervalMs: 500 });
  const times = steps.map(({ atMs }) => atMs);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times.at(-1)).toBeLessThanOrEqual(1_000_000);
  expect(steps.length).toBeGreaterThan(1800);
  expect(steps.length).toBeLessThan(2200);
  expect(new Set(steps.map(({ kind }) => kind)).size).toBe(17);
});

test('only the kinds that are asked for are drawn', () => {
  const kinds: readonly FaultKind[] = ['delete-pod', 'tunnel-cut'];
  const drawn = new Set(drawSteps({ seed: 1, durationMs: 60_000, kinds }).map(({ kind }) => kind));
  expect([...drawn].sort()).toEqual(kinds);
});

test.each([
  { seed: 0.5, durationMs: 1 },
  { seed: 1, durationMs: -1 },
  { seed: 1, durationMs: 1, meanIntervalMs: 0 },
  { seed: 1, durationMs: 1, kinds: [] },
  { seed: 1, durationMs: 1e9, meanIntervalMs: 1 },
])('%j makes no schedule', (options) => {
  expect(() => drawSteps(options)).toThrow(RangeError);
});

test('every kind of step can happen', async () => {
  const clock = new FakeClock();
  await using server = await FaultyServer.start({ clock, serve: { 80: echo() } });
  server.addPod('web');
  const all = drawSteps({
    seed: 3,
    durationMs: 400_000,
    kinds: [...new Set(drawSteps({ seed: 1, durationMs: 500_000 }).map(({ kind }) => kind)), 'delete-pod'],
  });
  const one = new Map(all.map((step) => [step.kind, { ...step, atMs: 0 }]));
  expect(one.size).toBe(18);
  const schedule = server.faults.replay([...one.values()]);
  clock.advance(0);
  clock.advance(10_000);
  await schedule.done;
  expect([server.pods, clock.waiting]).toEqual([[], 0]);
  expect((await server.ask('/version')).status).toBe(200);
});

test('a schedule strikes on the clock and takes back what it did', async () => {
  const clock = new FakeClock();
  await using server = await FaultyServer.start({ clock });
  const schedule = server.faults.replay([{ kind: 'answer', status: 503, atMs: 100, forMs: 50, description: '' }]);
  const statuses: number[] = [];
  for (const ms of [99, 1, 49, 1]) {
    clock.advance(ms);
    statuses.push((await server.ask('/version')).status);
  }
  expect(statuses).toEqual([200, 503, 503, 200]);
  await schedule.done;
});

test('stopping a schedule takes back what it did, and nothing more comes', async () => {
  const clock = new FakeClock();
  await using server = await FaultyServer.start({ clock });
  const schedule = server.faults.replay([
    { kind: 'answer', status: 503, atMs: 0, forMs: 5000, description: '' },
    { kind: 'answer', status: 500, atMs: 1000, forMs: 5000, description: '' },
  ]);
  clock.advance(0);
  expect((await server.ask('/version')).status).toBe(503);
  schedule.stop();
  await schedule.done;
  expect((await server.ask('/version')).status).toBe(200);
  expect(clock.waiting).toBe(0);
});

test('a random schedule tells its seed and its steps, and ends with the server', async () => {
  const clock = new FakeClock();
  const server = await FaultyServer.start({ clock });
  const schedule = server.faults.random({ seed: 42, durationMs: 10_000 });
  expect([schedule.seed, schedule.steps]).toEqual([42, drawSteps({ seed: 42, durationMs: 10_000 })]);
  await server[Symbol.asyncDispose]();
  await schedule.done;
  expect(clock.waiting).toBe(0);
});

test('a step chooses its tunnel by its index modulo those that are open', async () => {
  const clock = new FakeClock();
  await using server = await FaultyServer.start({ clock, serve: { 80: echo() } });
  const opened = [await server.forward(), await server.forward(), await server.forward()];
  const schedule = server.faults.replay([{ kind: 'tunnel-cut', index: 7, atMs: 0, description: '' }]);
  clock.advance(0);
  await Promise.all([schedule.done, opened[1]?.client.closed]);
  expect(server.tunnels.sessions).toEqual([opened[0]?.tunnel, opened[2]?.tunnel]);
});

test('a step of a tunnel or pod that is not there does nothing', async () => {
  const clock = new FakeClock();
  await using server = await FaultyServer.start({ clock });
  const schedule = server.faults.replay([
    { kind: 'tunnel-limit', index: 7, bytesPerSecond: 1, forMs: 1, atMs: 0, description: '' },
    { kind: 'delete-pod', index: 7, graceMs: 0, atMs: 0, description: '' },
  ]);
  clock.advance(0);
  await schedule.done;
});

test('a step that makes no sense fails the schedule', async () => {
  const clock = new FakeClock();
  await using server = await FaultyServer.start({ clock });
  const unknown = { kind: 'flood', atMs: 0, description: '' } as unknown as FaultStep;
  const schedule = server.faults.replay([unknown, { kind: 'hang', atMs: 5, forMs: 5, description: '' }]);
  const failed = expect(schedule.done).rejects.toThrow('There is no such step');
  clock.advance(0);
  await failed;
  await turn();
  expect(clock.waiting).toBe(0);
});
