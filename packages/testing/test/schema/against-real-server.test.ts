import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SimulatedCluster } from '../../src/index.ts';
import { loadKubernetesSchemas } from '../../src/schema/kubernetes-schemas.ts';
import { normalised } from '../../src/schema/normalised.ts';
import { type PostedBody, readable, unreadable } from './helpers/bodies.ts';
import { type Answer, DryClient } from './helpers/dry-client.ts';

const context = process.env.KFORGE_TEST_CONTEXT ?? '';
const titled = (bodies: readonly PostedBody[]) =>
  bodies.map((posted) => [JSON.stringify(posted.body), posted] as const);

type WholeObject = Answer['body'] & { readonly apiVersion: string; readonly kind: string };

describe.skipIf(context === '')('beside a real server', async () => {
  const schemas = await loadKubernetesSchemas();
  let simulated: SimulatedCluster;
  let [ours, theirs]: [DryClient, DryClient] = [] as never;

  beforeAll(async () => {
    const args = ['config', 'view', '--raw', '--flatten', '--minify', '--context', context];
    const { stdout } = await promisify(execFile)('kubectl', args);
    theirs = new DryClient(stdout);
    simulated = await SimulatedCluster.start();
    ours = new DryClient(simulated.kubeconfig);
  });
  afterAll(async () => {
    ours[Symbol.dispose]();
    theirs[Symbol.dispose]();
    await simulated.stop();
  });

  test.each(titled(unreadable))('is refused in the same words: %s', async (_title, posted) => {
    const [our, their] = await Promise.all([ours.post(posted), theirs.post(posted)]);
    expect(their.status).toBe(400);
    expect(our.body).toMatchObject({ code: their.status, reason: their.body.reason, message: their.body.message });
  });

  test.each(titled(readable))('is as the real server writes it: %s', async (_title, posted) => {
    const { status, body } = await theirs.post(posted);
    expect(status, JSON.stringify(body)).toBe(201);
    const answer = body as WholeObject;
    expect(normalised({ object: answer, schemas })).toBe(answer);
    const { metadata: _metadata, ...rest } = normalised({ object: posted.body as WholeObject, schemas });
    expect(answer).toMatchObject(rest);
  });
});
