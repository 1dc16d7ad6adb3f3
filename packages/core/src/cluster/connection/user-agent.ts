import manifest from '../../../package.json' with { type: 'json' };

/** What kforge calls itself in requests; it shows up in the audit log of the cluster. */
export const userAgent: string = `kforge/${manifest.version}`;
