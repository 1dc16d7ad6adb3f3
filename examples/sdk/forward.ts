import { PortForwardManager } from '@kforge/core';

export async function readHomePage(kubeConfig: string): Promise<string> {
  await using manager = new PortForwardManager({ kubeConfig });
  await using forward = await manager.startForward({ target: 'svc/web', ports: [':80'] });
  manager.onForwardsChanged((event) => console.log(event.type, event.forwardId));
  const answer = await fetch(`http://localhost:${forward.localPort}/`);
  return await answer.text();
}
