export type * from './types/channels.js';
export type * from './types/examples.js';
export type * from './types/extracts.js';
export type * from './types/people.js';
export type * from './types/problems.js';
export type * from './types/resolved.js';
export type * from './types/scorecards.js';
export type * from './types/site.js';
