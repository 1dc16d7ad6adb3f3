/** One named entry of a kubeconfig before its fields are looked at, and where it was written. */
export interface KubeconfigEntry {
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The file that it is from; `undefined` for a kubeconfig given as an object. */
  readonly file: string | undefined;
}

/** Kubeconfig files merged into one: of several entries with one name the first counts. */
export interface Kubeconfig {
  /** Empty when no file names one. */
  readonly currentContext: string;
  readonly clusters: ReadonlyMap<string, KubeconfigEntry>;
  readonly contexts: ReadonlyMap<string, KubeconfigEntry>;
  readonly users: ReadonlyMap<string, KubeconfigEntry>;
}

/** Bytes that a kubeconfig gives in place, or the file that holds them (an absolute path). */
export type Material = { readonly data: string } | { readonly file: string };

/** The server of a context. */
export interface ClusterEntry {
  readonly name: string;
  /** Without a slash at the end. */
  readonly server: URL;
  readonly certificateAuthority: Material | undefined;
  /** The name that the server's certificate must be for, in place of its host. */
  readonly tlsServerName: string | undefined;
  readonly insecureSkipTlsVerify: boolean;
  readonly proxyUrl: URL | undefined;
  /** Passed on to a credential plugin that asks for it: the extension `client.authentication.k8s.io/exec`. */
  readonly pluginConfig: unknown;
  readonly disableCompression: boolean;
}

/** A credential plugin of a user (`exec`). */
export interface PluginEntry {
  readonly apiVersion: 'client.authentication.k8s.io/v1' | 'client.authentication.k8s.io/v1beta1';
  readonly command: string;
  /** The folder that a relative command with a separator refers to. */
  readonly folder: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly installHint: string | undefined;
  readonly provideClusterInfo: boolean;
  readonly interactiveMode: 'Never' | 'IfAvailable' | 'Always';
}

/** In whose name a user acts (`as` and its companions). */
export interface Impersonation {
  readonly user: string;
  readonly uid: string | undefined;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

/** The user of a context. */
export interface UserEntry {
  readonly name: string;
  readonly token: string | undefined;
  readonly tokenFile: string | undefined;
  readonly basic: { readonly username: string; readonly password: string } | undefined;
  readonly clientCertificate: { readonly certificate: Material; readonly key: Material } | undefined;
  readonly plugin: PluginEntry | undefined;
  readonly authProvider: { readonly name: string; readonly config: Readonly<Record<string, unknown>> } | undefined;
  readonly impersonation: Impersonation | undefined;
}

/** A context with all that it refers to, validated. */
export interface ContextEntry {
  readonly name: string;
  readonly namespace: string;
  readonly cluster: ClusterEntry;
  /** `undefined` for a context without a user, which is anonymous. */
  readonly user: UserEntry | undefined;
}
