import { connectAndEcho } from '../clients/echo.ts';

/** Makes a forwarder that has just started one that has been used: code compiled, tunnel open. */
export async function warmUp(echoPort: number): Promise<void> {
  for (let count = 0; count < 20; count++) await connectAndEcho(echoPort);
}
