export { writeReference } from './config-reference.js';
export { formatProblems } from './format-problems.js';
export { jsonSchemas, writeSchemas } from './json-schema.js';
export { readConfig } from './read-config.js';
export { parseResolvedConfig, serialiseConfig } from './revision.js';
export { resolveSecrets } from './secrets.js';
