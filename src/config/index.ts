export { formatProblems } from './format-problems.js';
export { readConfig } from './read-config.js';
export { parseResolvedConfig, serialiseConfig } from './revision.js';
export { resolveSecrets } from './secrets.js';
