import { fileURLToPath } from 'node:url';

/** The checkout: where `config`, `node_modules` and `dist` are, seen from `dist/bench/start-up`. */
export const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));
