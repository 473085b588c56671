export type * from './records/dimensions.js';
export type * from './records/location.js';
export type * from './records/messages.js';
export type * from './records/runs.js';
export type * from './records/scores.js';
export type * from './records/values.js';
