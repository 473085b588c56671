// Which room may import which: one rule per arrow of ARCHITECTURE.md, each with its reason. Run by `npm run arrows`.
//
// Types travel more freely than code: a rule that says "only types" lets `import type` through, because that leaves
// no trace in the program.

const PURE_LIBRARIES = ['decimal\\.js', 'temporal-polyfill', 'jsep'];
/** @param {string[]} names */
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)`;
const TEMPORAL = packages('@temporalio');
/**
 * Any file of these rooms.
 *
 * @param {string[]} names
 */
const rooms = (...names) => `^src/(${names.join('|')})/`;
const TYPES = ['type-only'];

/**
 * What one room owns alone: nobody else talks to that library.
 *
 * @param {string} name
 * @param {string[]} libraries
 * @param {string[]} owners
 * @param {string} comment
 */
const owned = (name, libraries, owners, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: '^(src|connectors)/', pathNot: owners },
  to: { path: packages(...libraries), dependencyTypesNot: TYPES },
});

export default {
  forbidden: [
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment:
        'The domain imports itself and a short list of pure libraries, no Node, Temporal, knex or clock: so scoring runs anywhere, and can be replayed.',
      from: { path: '^src/domain/' },
      to: { pathNot: ['^src/domain/', packages(...PURE_LIBRARIES)] },
    },
    {
      name: 'sdk-knows-only-the-domain',
      severity: 'error',
      comment:
        'Connectors must be usable from the command line and from tests alone: no Temporal, store or runner behind them.',
      from: { path: '^connectors/sdk/' },
      to: { path: ['^src/(?!domain/)', '^connectors/(?!sdk/)', TEMPORAL] },
    },
    {
      name: 'connectors-stand-alone',
      severity: 'error',
      comment: 'A connector imports the sdk, the domain and its own driver.',
      from: { path: '^connectors/(?!sdk/)' },
      to: { path: ['^src/(?!domain/)', TEMPORAL] },
    },
    {
      name: 'connectors-do-not-share',
      severity: 'error',
      comment: 'Copy ten lines sooner than share a hidden base: each connector can be read, changed and removed alone.',
      from: { path: '^connectors/([^/]+)/' },
      to: { path: '^connectors/[^/]+/', pathNot: ['^connectors/sdk/', '^connectors/$1/'] },
    },
    {
      name: 'config-knows-no-connector',
      severity: 'error',
      comment: 'The registry is handed in, so an unknown source is a message to the operator and not an import.',
      from: { path: '^src/config/' },
      to: { path: ['^src/(?!config/|domain/)', '^connectors/(?!sdk/)', TEMPORAL] },
    },
    {
      name: 'workflows-without-io',
      severity: 'error',
      comment:
        'Workflow code is replayed: from other rooms it takes the domain, and of the rest types only, which leave no trace in its bundle.',
      from: { path: '^src/workflows/' },
      to: { path: '^(src/(?!workflows/|domain/)|connectors/)', dependencyTypesNot: TYPES },
    },
    {
      name: 'workflows-without-node',
      severity: 'error',
      comment: 'The workflow sandbox has no Node, and what it had would differ on replay.',
      from: { path: '^src/workflows/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'workflows-stay-light',
      severity: 'error',
      comment:
        'Every cached workflow pays for what its bundle loads, and heavy modules have killed workers: Temporal and the pure libraries only.',
      from: { path: '^src/workflows/' },
      to: {
        path: '(^|/)node_modules/',
        pathNot: packages('@temporalio/(workflow|common)', ...PURE_LIBRARIES),
        dependencyTypesNot: TYPES,
      },
    },
    {
      name: 'activities-receive-their-services',
      severity: 'error',
      comment:
        'The factory receives stores, channels and connectors; activities know their types.ts only, so that any of them can be replaced.',
      from: { path: '^src/activities/' },
      to: {
        path: ['^src/(?!activities/|domain/)', '^connectors/(?!sdk/)'],
        pathNot: rooms('store', 'notify', 'config').replace(/\/$/, '/types\\.ts$'),
      },
    },
    {
      name: 'activities-take-types-as-types',
      severity: 'error',
      comment: 'A types.ts that is imported for its code has stopped being one.',
      from: { path: '^src/activities/' },
      to: { path: rooms('store', 'notify', 'config'), dependencyTypesNot: TYPES },
    },
    {
      name: 'store-and-notify-stay-apart',
      severity: 'error',
      comment:
        'Facts are kept without knowing who is told, and messages are sent without knowing where facts are kept.',
      from: { path: '^src/(store|notify)/' },
      to: { path: '^src/(store|notify)/', pathNot: '^src/$1/' },
    },
    {
      name: 'store-and-notify-know-no-runner',
      severity: 'error',
      comment: 'Store and channels serve any runner: Temporal, cron or a test. Of the configuration they know types.',
      from: { path: '^src/(store|notify)/' },
      to: { path: ['^src/(?!store/|notify/|domain/|config/types\\.ts$)', TEMPORAL] },
    },
    {
      name: 'store-and-notify-know-no-connector',
      severity: 'error',
      comment:
        'Neither reads a source. Channels share one thing with connectors that fetch: the check of the address that a request goes to.',
      from: { path: '^src/(store|notify)/' },
      to: { path: '^connectors/(?!sdk/http/)' },
    },
    {
      name: 'store-asks-nobody',
      severity: 'error',
      comment: 'The store speaks to its database and to no server of others.',
      from: { path: '^src/store/' },
      to: { path: '^connectors/' },
    },
    {
      name: 'schedules-plan-only',
      severity: 'error',
      comment:
        'Schedules compare what is wanted with what Temporal has; they start nothing themselves and store nothing.',
      from: { path: '^src/schedules/' },
      to: {
        path: [
          '^src/(?!schedules/|domain/|config/|temporal/|workflows/)',
          '^src/workflows/(?!names\\.ts$)',
          '^connectors/',
        ],
        dependencyTypesNot: TYPES,
      },
    },
    {
      name: 'schedules-take-config-types',
      severity: 'error',
      comment: 'A desired schedule derives from the resolved configuration, as plain data.',
      from: { path: '^src/schedules/' },
      to: { path: '^src/config/', dependencyTypesNot: TYPES },
    },
    {
      name: 'links-receive-their-services',
      severity: 'error',
      comment:
        'Links act by what is handed in: of other rooms they know the domain and types, so that nothing but an act on an alert can come of one.',
      from: { path: '^src/links/' },
      to: { path: ['^src/(?!links/|domain/)', '^connectors/', TEMPORAL], dependencyTypesNot: TYPES },
    },
    {
      name: 'api-reads-only',
      severity: 'error',
      comment: 'The read API sees what is in the store, through read models; it cannot write, pull or start anything.',
      from: { path: '^src/api/' },
      to: { path: ['^src/(?!api/|domain/|store/read-models/|store/types\\.ts$)', '^connectors/', TEMPORAL] },
    },
    {
      name: 'web-renders-contracts',
      severity: 'error',
      comment: 'The meaning of a status comes from the API: pages know its contracts and nothing behind them.',
      from: { path: '^web/' },
      to: { path: ['^src/(?!api/contracts)', '^connectors/'] },
    },
    {
      name: 'clients-and-loggers-are-handed-in',
      severity: 'error',
      comment:
        'Only composition roots (and schedules, whose business Temporal is) reach for a Temporal client or a logger; other rooms receive one.',
      from: { path: '^(src|connectors)/', pathNot: rooms('cli', 'worker', 'schedules', 'temporal', 'observability') },
      to: { path: rooms('temporal', 'observability'), dependencyTypesNot: TYPES },
    },
    {
      name: 'temporal-and-observability-serve-anybody',
      severity: 'error',
      comment:
        'They wrap their library: of the other rooms they need the shared words of failure, the wire names, and types.',
      from: { path: '^src/(temporal|observability)/' },
      to: {
        path: ['^src/(?!temporal/|observability/|domain/|workflows/names\\.ts$)', '^connectors/'],
        dependencyTypesNot: TYPES,
      },
    },
    {
      name: 'nobody-imports-a-composition-root',
      severity: 'error',
      comment: 'cli and worker wire things together; what another room wants from them belongs in a room of its own.',
      from: { path: '^(src|connectors)/', pathNot: rooms('cli', 'worker') },
      to: { path: rooms('cli', 'worker') },
    },
    {
      name: 'product-knows-no-demo',
      severity: 'error',
      comment: 'The product must stand without its demo and its benchmarks.',
      from: { path: '^(src|connectors)/' },
      to: { path: '^(demo|bench)/' },
    },
    {
      name: 'production-imports-no-test',
      severity: 'error',
      comment: 'Test code is not shipped.',
      from: { path: '^(src|connectors|demo|bench)/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'no-dev-dependency-in-production',
      severity: 'error',
      comment:
        'What is shipped is installed with --omit=dev: the import would fail there and nowhere else. Demo and benchmarks are run from a checkout.',
      // The door of the exam brings vitest's own words; whoever opens it has vitest, an optional peer.
      from: { path: '^(src|connectors)/', pathNot: '^connectors/kit/index\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: TYPES },
    },
    owned(
      'sql-drivers-have-two-owners',
      ['knex', 'mysql2', 'pg', 'pg-cursor', 'better-sqlite3'],
      ['^src/store/', '^connectors/database/'],
      'The reporting store and the database connector speak SQL; nobody else does.',
    ),
    owned('mail-has-one-owner', ['nodemailer'], ['^src/notify/'], 'Sending mail is a channel of notify.'),
    owned(
      'csv-has-one-owner',
      ['csv-parse', 'iconv-lite'],
      ['^connectors/csv/'],
      'Reading CSV is the business of its connector.',
    ),
    owned(
      'google-has-one-owner',
      ['@googleapis/sheets', 'googleapis-common'],
      ['^connectors/google-sheets/'],
      'Talking to Google is the business of its connector.',
    ),
    {
      name: 'the-exam-is-for-tests',
      severity: 'error',
      comment:
        'The kit needs vitest, which is installed by those who examine a connector: the program must run without it.',
      from: { path: '^(src|connectors|demo|bench)/', pathNot: '^connectors/kit/' },
      to: { path: '^connectors/kit/' },
    },
    owned(
      'yaml-has-one-owner',
      ['yaml'],
      ['^src/config/'],
      'YAML is how configuration is written; from there on it is data.',
    ),
    owned(
      'formula-grammar-has-one-owner',
      ['jsep'],
      ['^src/domain/formula/formula-tree\\.ts$'],
      'Its operators are settings of the whole process: one module sets them, and nobody else sees them.',
    ),
    owned('command-line-has-one-owner', ['commander'], ['^src/cli/'], 'Arguments are read in one place.'),
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Modules in a circle can only be understood, loaded and moved together. Types may refer to each other.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: TYPES } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nobody imports it and it imports nothing: dead, or forgotten at the wiring.',
      from: { orphan: true, pathNot: ['\\.d\\.ts$'] },
      to: {},
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'An import that leads nowhere hides all arrows behind it.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { conditionNames: ['import', 'node', 'default', 'types'], exportsFields: ['exports'] },
  },
};
