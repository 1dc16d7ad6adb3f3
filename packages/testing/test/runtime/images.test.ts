import { expect, test } from 'vitest';
import { Images } from '../../src/runtime/images.ts';

test('an image is found by its whole name first, then without its tag', () => {
  const images = new Images();
  images.add({ name: 'registry:5000/web' });
  images.add({ name: 'registry:5000/web:2', readyMs: 5 });
  expect(images.find('registry:5000/web')?.name).toBe('registry:5000/web');
  expect(images.find('registry:5000/web:1')?.name).toBe('registry:5000/web');
  expect(images.find('registry:5000/web:2')?.readyMs).toBe(5);
  expect(images.find('registry:5000/web:2@sha256:00ff')?.readyMs).toBe(5);
  expect(images.find('registry:5000/other')).toBeUndefined();
  expect(images.find('__proto__')).toBeUndefined();
  images.add({ name: 'registry:5000/web:2' });
  expect(images.find('registry:5000/web:2')?.readyMs).toBeUndefined();
});
