/** Names on the wire: renaming one breaks running workflows and is a decision with a record. */
export const WORKFLOW_TYPES = { collect: 'collect', sweep: 'sweep', deliver: 'deliver' } as const;

/** Prefix of everything a site owns in a namespace. */
const owned = (site: string): string => `plumbline/${site}`;

export const collectScheduleId = (site: string, group: string): string => `${owned(site)}/collect/${group}`;
export const sweepScheduleId = (site: string): string => `${owned(site)}/sweep`;
export const deliverScheduleId = (site: string): string => `${owned(site)}/deliver`;
export const scheduleIdPrefix = (site: string): string => `${owned(site)}/`;

/** The server appends the nominal time to the ids of scheduled starts. */
export const workflowIdOf = (scheduleId: string): string => `${scheduleId}/run`;
