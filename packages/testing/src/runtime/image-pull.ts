import { BackOff, goDuration } from './back-off.ts';
import type { ContainerHost } from './container-host.ts';
import type { Timers } from './timers.ts';

/** How long after a failure the kubelet says that it waits, in milliseconds. */
const NOTICE_MS = 1000;

/** What {@link ImagePull} needs. */
export interface ImagePullOptions {
  readonly host: ContainerHost;
  readonly timers: Timers;
  readonly container: string;
  readonly image: string;
  readonly alwaysPull: boolean;
  /** Hears why the container waits; the status of the pod should follow. */
  readonly onWait: (waiting: { readonly reason: string; readonly message: string }) => void;
}

/** Brings the image of one container to its node, as often as it takes. */
export class ImagePull {
  readonly #options: ImagePullOptions;
  readonly #backOff = new BackOff();

  constructor(options: ImagePullOptions) {
    this.#options = options;
  }

  /** Calls back when the image is there, before this returns if it is there already. */
  start(onPulled: () => void): void {
    const { host, timers, container, image, alwaysPull } = this.#options;
    const { pull = 'ok', pullMs = 0 } = host.images.find(image) ?? {};
    if (pull === 'not-found') {
      this.#fail(() => this.start(onPulled));
      return;
    }
    if (!alwaysPull && (pullMs === 0 || host.pulled.has(image))) {
      const message = `Container image "${image}" already present on machine`;
      host.record(container, { reason: 'Pulled', message });
      onPulled();
      return;
    }
    host.record(container, { reason: 'Pulling', message: `Pulling image "${image}"` });
    timers.after(pullMs, () => {
      host.pulled.add(image);
      const time = goDuration(pullMs);
      const message = `Successfully pulled image "${image}" in ${time} (${time} including waiting). Image size: 0 bytes.`;
      host.record(container, { reason: 'Pulled', message });
      onPulled();
    });
  }

  #fail(again: () => void): void {
    const { host, timers, container, image, onWait } = this.#options;
    const whole = wholeName(image);
    const message = `rpc error: code = NotFound desc = failed to pull and unpack image "${whole}": failed to resolve reference "${whole}": ${whole}: not found`;
    const warn = (text: string) => host.record(container, { type: 'Warning', reason: 'Failed', message: text });
    host.record(container, { reason: 'Pulling', message: `Pulling image "${image}"` });
    warn(`Failed to pull image "${image}": ${message}`);
    warn('Error: ErrImagePull');
    onWait({ reason: 'ErrImagePull', message });
    this.#backOff.grow();
    timers.after(NOTICE_MS, () => {
      const waiting = `Back-off pulling image "${image}"`;
      host.record(container, { reason: 'BackOff', message: waiting });
      warn('Error: ImagePullBackOff');
      onWait({ reason: 'ImagePullBackOff', message: `${waiting}: ErrImagePull: ${message}` });
      timers.after(this.#backOff.waitMs - NOTICE_MS, again);
    });
  }
}

/** The name of an image with its registry and its tag. */
function wholeName(image: string): string {
  const [first = '', ...rest] = image.split('/');
  const hasRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const path = hasRegistry ? image : `docker.io/${rest.length > 0 ? image : `library/${image}`}`;
  return /[:@][^/]*$/.test(path.slice(path.lastIndexOf('/'))) ? path : `${path}:latest`;
}
