import { isatty } from 'node:tty';
import { CredentialPluginFailedError, CredentialPluginNotFoundError } from '../../errors/credential-errors.ts';
import { untilAborted } from '../../lifecycle/deadline.ts';
import { findExecutable } from '../../process/find-executable.ts';
import type { ClusterEntry, PluginEntry } from '../kubeconfig/kubeconfig.ts';
import type { Credential, CredentialSource, GetCredentialOptions } from './credentials.ts';
import { type ExecCredential, parseExecCredential } from './exec-credential.ts';
import { execInfo, mayInteract } from './exec-info.ts';
import { describeFailure } from './plugin-failure.ts';

const TIMEOUT_MS = 60_000;
const TERMINAL_TIMEOUT_MS = 5 * 60_000;
const MAX_OUTPUT_BYTES = 1024 * 1024;
const EXPIRY_MARGIN_MS = 10_000;

/** A credential plugin and what it is told. */
export interface PluginCredentialsOptions {
  readonly user: string;
  readonly plugin: PluginEntry;
  readonly cluster: ClusterEntry;
  /** PEM text of the cluster's authority. */
  readonly certificateAuthority: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  /** @default whether stdin is a terminal */
  readonly interactive?: boolean | undefined;
  /** How long one run may take, in milliseconds. @default 60000, or 300000 where it may talk to a person */
  readonly timeoutMs?: number | undefined;
  /** The system clock in milliseconds, which `expirationTimestamp` refers to. @default Date.now */
  readonly now?: (() => number) | undefined;
}

/**
 * Credentials from a plugin (`exec`, KEP-541). One run serves all who wait; its answer is kept until 10 s before it expires, or until the
 * server rejects it.
 */
export class PluginCredentials implements CredentialSource {
  readonly #options: PluginCredentialsOptions;
  readonly #now: () => number;
  readonly #closed = new AbortController();
  #running: Promise<Credential> | undefined;
  #cached: ExecCredential | undefined;

  constructor(options: PluginCredentialsOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  async get(options: GetCredentialOptions): Promise<Credential> {
    const cached = this.#cached;
    if (cached && cached.credential !== options.rejected && !this.#hasExpired(cached)) return cached.credential;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return untilAborted(this.#running, options.signal);
  }

  close(): void {
    this.#closed.abort(new Error('The cluster was closed'));
  }

  #hasExpired(cached: ExecCredential): boolean {
    return cached.expiresAt !== undefined && this.#now() >= cached.expiresAt - EXPIRY_MARGIN_MS;
  }

  async #run(): Promise<Credential> {
    const { plugin, user, environment } = this.#options;
    const terminal = this.#options.interactive ?? isatty(0);
    const interactive = mayInteract({ plugin, user, terminal });
    const file = await this.#find();
    const { runProgram } = await import('../../process/run-program.ts');
    const timeoutMs = this.#options.timeoutMs ?? (interactive ? TERMINAL_TIMEOUT_MS : TIMEOUT_MS);
    const result = await runProgram({
      file,
      args: plugin.args,
      environment: {
        ...environment,
        ...plugin.env,
        KUBERNETES_EXEC_INFO: execInfo({ ...this.#options, interactive }),
      },
      timeoutMs,
      maxOutputBytes: MAX_OUTPUT_BYTES,
      interactive,
      signal: this.#closed.signal,
    });
    const failure = describeFailure({ result, timeoutMs });
    if (failure) throw new CredentialPluginFailedError({ command: plugin.command, ...failure });
    const parsed = parseExecCredential({ output: result.stdout, apiVersion: plugin.apiVersion });
    if ('problem' in parsed) {
      throw new CredentialPluginFailedError({ command: plugin.command, reason: parsed.problem, exitCode: 0 });
    }
    this.#cached = parsed;
    return parsed.credential;
  }

  async #find(): Promise<string> {
    const { plugin, environment } = this.#options;
    const found = await findExecutable({ command: plugin.command, environment, folder: plugin.folder });
    if (found.file !== undefined) return found.file;
    throw new CredentialPluginNotFoundError({
      command: plugin.command,
      searched: found.searched,
      installHint: plugin.installHint?.slice(0, 2000),
    });
  }
}
