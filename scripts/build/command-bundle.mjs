// The command line as a few files: a command starts in about two thirds of the time that 900 small files take.
import { rolldown } from 'rolldown';

/**
 * The doors of the package, bundled together, so that a connector that imports `plumbline/connector` shares one copy of
 * each thing with the command that loads it.
 */
const DOORS = ['src/cli/main', 'connectors/sdk/index', 'connectors/kit/index'];

/**
 * Packages that stay where they are installed: native ones, drivers that few commands load, those that look for files
 * beside themselves (Temporal's, pino), one that need not be installed (date-holidays), and the test runner of whoever writes a connector.
 */
const APART = [
  '@googleapis/sheets',
  '@temporalio',
  'better-sqlite3',
  'date-holidays',
  'iconv-lite',
  'mysql2',
  'nodemailer',
  'pg',
  'pg-cursor',
  'pino',
  'vitest',
];

/** Drivers that knex would load if it were asked to, and that are not installed. */
const ABSENT = ['mariadb', 'mysql', 'oracledb', 'pg-native', 'pg-query-stream', 'sqlite3', 'tedious'];

/**
 * Puts the doors into `dist/` in place of their compiled modules, and what they share into `dist/chunks/`. What is
 * imported late stays in files of its own, loaded as late as before.
 *
 * @param {string} root of the project
 * @throws {Error} with all that the bundler complained of
 */
export async function bundleCommand(root) {
  /** @type {string[]} */
  const complaints = [];
  const bundle = await rolldown({
    cwd: root,
    input: Object.fromEntries(DOORS.map((door) => [door, `${root}/${door}.ts`])),
    platform: 'node',
    external: [...APART, ...ABSENT].map((name) => new RegExp(`^${name}(/|$)`)),
    resolve: {
      alias: { '#src': `${root}/src`, '#connectors': `${root}/connectors` },
      extensionAlias: { '.js': ['.ts', '.js'] },
    },
    onLog: (_level, { message }) => void complaints.push(message),
  });
  try {
    await bundle.write({
      dir: `${root}/dist`,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name].js',
      sourcemap: true,
      sourcemapExcludeSources: true,
    });
  } finally {
    await bundle.close();
  }
  if (complaints.length > 0) throw new Error(`Bundling the command line failed:\n${complaints.join('\n')}`);
}
