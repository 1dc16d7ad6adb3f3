import { expect, test } from 'vitest';
import { CleanupStack } from '../../src/lifecycle/cleanup-stack.ts';

test('undoes in reverse order, one step after the other', async () => {
  const done: string[] = [];
  const stack = new CleanupStack();
  const release = Promise.withResolvers<void>();
  stack.defer(() => void done.push('first'));
  stack.defer(async () => {
    await release.promise;
    done.push('second');
  });
  const running = stack.run();
  expect(done).toEqual([]);
  release.resolve();
  await running;
  expect(done).toEqual(['second', 'first']);
});

test('runs every step once, however often it is asked', async () => {
  let count = 0;
  const stack = new CleanupStack();
  stack.defer(() => void count++);
  await Promise.all([stack.run(), stack.run()]);
  await stack.run();
  expect(count).toBe(1);
});

test('a step that fails keeps none of the others from running, and is reported', async () => {
  const done: string[] = [];
  const stack = new CleanupStack();
  stack.defer(() => void done.push('first'));
  stack.defer(() => Promise.reject(new Error('no')));
  stack.defer(() => void done.push('third'));
  await expect(stack.run()).rejects.toThrow('no');
  expect(done).toEqual(['third', 'first']);
});

test('several failures are thrown together', async () => {
  const [one, two] = [new Error('one'), new Error('two')];
  const stack = new CleanupStack();
  stack.defer(() => {
    throw one;
  });
  stack.defer(() => Promise.reject(two));
  await expect(stack.run()).rejects.toThrow(expect.objectContaining({ errors: [two, one] }));
});

test('what is added after the run is undone at once', async () => {
  const stack = new CleanupStack();
  await stack.run();
  const undone = Promise.withResolvers<void>();
  stack.defer(undone.resolve);
  await undone.promise;
});

test('what is added during the run is part of it', async () => {
  const done: string[] = [];
  const stack = new CleanupStack();
  stack.defer(async () => {
    await Promise.resolve();
    stack.defer(() => void done.push('late'));
  });
  await stack.run();
  await stack.run();
  expect(done).toEqual(['late']);
});

test('leaving its block runs it', async () => {
  let isClean = false;
  {
    await using stack = new CleanupStack();
    stack.defer(() => {
      isClean = true;
    });
    expect(isClean).toBe(false);
  }
  expect(isClean).toBe(true);
});

test('nothing to undo is no failure', async () => {
  await expect(new CleanupStack().run()).resolves.toBeUndefined();
});

test('what a step adds at once is undone too', async () => {
  let isUndone = false;
  const stack = new CleanupStack();
  stack.defer(() => {
    stack.defer(() => {
      isUndone = true;
    });
  });
  await stack.run();
  await stack.run();
  expect(isUndone).toBe(true);
});

test('what is added after a run that failed is undone all the same', async () => {
  let isUndone = false;
  const stack = new CleanupStack();
  stack.defer(() => Promise.reject(new Error('no')));
  await stack.run().catch(() => undefined);
  stack.defer(() => {
    isUndone = true;
  });
  await stack.run().catch(() => undefined);
  expect(isUndone).toBe(true);
});
