import type { Socket } from 'node:net';
import type { AbortOptions } from '../lifecycle/abort-options.ts';

/** Query parameters of a request; a list repeats its name, `undefined` leaves it out. */
export type ClusterQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One call of the Kubernetes API that is answered with JSON. */
export interface ClusterRequest extends AbortOptions {
  /** PATCH sends a JSON merge patch (RFC 7396). @default 'GET' */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** An absolute path with its parts already encoded; build it with {@link apiPath}. */
  readonly path: string;
  readonly query?: ClusterQuery;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** How long the whole call may take, in milliseconds; of a watch, how long its answer may take to begin. @default 30000 */
  readonly timeoutMs?: number;
}

/** A watch, from the version that a list reported. */
export interface WatchRequest extends ClusterRequest {
  readonly resourceVersion: string;
}

/** One line of a watch. */
export interface WatchEvent<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: T;
}

/** A request to leave HTTP and go on with another protocol on the same connection (RFC 9110, section 7.8). */
export interface UpgradeRequest extends AbortOptions {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: ClusterQuery;
  /** `Upgrade`, `Connection` and the headers of the protocol; credentials are added. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A connection that the API server has handed over. It belongs to whoever asked for it. */
export interface UpgradedConnection {
  /**
   * The TLS socket (a plain one for an `http://` server). It does not flow yet and carries no listener but Node's own: attach `error`
   * before anything else is awaited.
   */
  readonly socket: Socket;
  /** Bytes that came in one piece with the answer; they precede those of the socket. */
  readonly head: Buffer;
  /** Headers of the answer, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * One API server seen with one user's credentials. Connections are opened on demand and kept for reuse; {@link Cluster.close} ends
 * them, but not those handed out by {@link Cluster.upgrade}.
 *
 * Every call throws {@link ClusterUnreachableError}, {@link CertificateRejectedError} or {@link ProxyFailedError} when the server is not
 * reached, the errors of credentials when there are none to show, and the signal's reason when it aborts.
 */
export interface Cluster extends AsyncDisposable {
  /** The context's name in the kubeconfig. */
  readonly context: string;
  /** The context's namespace, `default` when it names none. */
  readonly namespace: string;
  /** The server's URL, without a slash at the end. */
  readonly server: string;
  /** A stable key of this server and user, for what is worth remembering about them. A hash without secrets. */
  readonly identity: string;

  /**
   * Sends one request and reads its JSON answer, at most 64 MiB. Expired credentials are renewed once.
   *
   * @throws {UnauthorizedError} on 401
   * @throws {ForbiddenError} on 403
   * @throws {ApiError} on any other answer that is no success
   * @throws {ApiResponseInvalidError} when the answer is not JSON or too large
   */
  request<T>(request: ClusterRequest): Promise<T>;

  /**
   * Follows a collection. The iteration ends when the server ends the watch, as it does every few minutes; go on from the last
   * `resourceVersion`. Leaving the loop or aborting closes the connection.
   *
   * @throws {ApiError} with status 410 when the version is too old: list again
   */
  watch<T>(request: WatchRequest): AsyncIterable<WatchEvent<T>>;

  /**
   * Opens a connection of its own and asks the server to switch protocols on it.
   *
   * @throws {UpgradeRefusedError} for any complete answer but 101, with the typed API error as its cause
   * @throws {UnauthorizedError} on 401, after credentials were renewed once
   */
  upgrade(request: UpgradeRequest): Promise<UpgradedConnection>;

  /** Ends idle connections and everything under way. Idempotent. */
  close(): Promise<void>;
}
