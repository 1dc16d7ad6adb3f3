import type { Impersonation } from '../kubeconfig/kubeconfig.ts';

/**
 * The headers that make a request act for somebody else (Kubernetes documentation, "User impersonation"). Keys of extra fields are
 * percent-encoded, since header names take few characters.
 */
export function impersonationHeaders(
  impersonation: Impersonation | undefined,
): Readonly<Record<string, string | readonly string[]>> {
  if (impersonation === undefined) return {};
  const { user, uid, groups, extra } = impersonation;
  return {
    'Impersonate-User': user,
    ...(uid === undefined ? {} : { 'Impersonate-Uid': uid }),
    ...(groups.length === 0 ? {} : { 'Impersonate-Group': groups }),
    ...Object.fromEntries(
      Object.entries(extra).map(([key, values]) => [`Impersonate-Extra-${encodeHeaderKey(key)}`, values] as const),
    ),
  };
}

function encodeHeaderKey(key: string): string {
  return encodeURIComponent(key).replaceAll(/[()]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}
