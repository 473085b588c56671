import type { Instant } from '../period/types.js';

/** One run a group and nominal time, whoever starts it: a second start of the same time is the same run. */
export const runIdOf = (group: string, logicalTime: Instant): string => `${group}@${logicalTime}`;
