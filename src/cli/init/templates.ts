import { sampleOrders, sampleStart } from './sample-orders.js';

/** What differs from one new folder to the next. */
export interface NewFolder {
  readonly id: string;
  readonly timeZone: string;
  /** First day of the month that is running. */
  readonly openMonth: string;
}

/** Folder of the schemas, inside the new one. */
export const SCHEMA_FOLDER = '.schemas';

const schemaLine = (name: string, up = ''): string =>
  `# yaml-language-server: $schema=${up}${SCHEMA_FOLDER}/${name}.schema.json\n`;

/** Every file of a new config folder by its path, the schemas aside. */
export function newFolderFiles(folder: NewFolder): Readonly<Record<string, string>> {
  return {
    'site.yaml': siteFile(folder),
    'people.yaml': PEOPLE,
    'connections.yaml': CONNECTIONS,
    'extracts/orders.yaml': EXTRACTS,
    'scorecards/company.yaml': scorecardFile(sampleStart(folder.openMonth).slice(0, 7)),
    'sample/orders.csv': sampleOrders(folder.openMonth),
    '.gitignore': 'data/\n.plumbline/\n',
  };
}

function siteFile({ id, timeZone }: NewFolder): string {
  return `${schemaLine('site')}
# The site: its calendar, its store, and what measures get when they do not say it themselves.
id: ${id}
name: My organisation
time_zone: ${timeZone}
holidays: [] # days that are not worked, such as 2026-12-25

# SQLite needs no server. All paths start at this folder.
store: { client: sqlite, file: data/plumbline.sqlite }

# Told of failures that nobody else owns.
operator: robin

# A value is due five working days after its period; three days later it counts as missing.
due: { business_days: 5, grace_days: 3 }

# Messages go to a file until there is a mail server:
#   mail: { kind: email, url: '\${env:PLUMBLINE_SMTP_URL}', from: 'Plumbline <plumbline@example.com>' }
channels:
  journal: { kind: file, path: data/alerts.log }
`;
}

const PEOPLE = `${schemaLine('people')}
# Everybody who owns something.
people:
  robin: { name: Robin Example, email: robin@example.com }
  kim: { name: Kim Example, email: kim@example.com, manager: robin }
`;

const CONNECTIONS = `${schemaLine('connections')}
# How to reach the systems that the figures come from. Replace the sample by your own; a database would be:
#   shop:
#     connector: database
#     owner: robin
#     options: { client: mysql, host: db.example.com, user: reader, password: '\${env:SHOP_PASSWORD}', database: shop }
connections:
  sample:
    connector: csv
    owner: robin
    options: { folder: sample }
`;

const EXTRACTS = `${schemaLine('extracts', '../')}
# What to read, how often, and how its columns are to be understood.
extracts:
  orders:
    connection: sample
    schedule: { every: day, at: '06:30' }
    source: { files: 'orders*.csv' }
    time: ordered_on
    columns:
      ordered_on: date
      amount: { type: decimal, locale: en-US, required: true }
      on_time: { type: boolean, required: true }
      rating: integer # may be blank, which is not 0
`;

function scorecardFile(targetsFrom: string): string {
  return `${schemaLine('scorecard', '../')}
scorecard: { id: company, name: Company scorecard, owner: robin, frequency: monthly }

# Top first, as they are shown.
perspectives:
  - { id: financial, name: Financial }
  - { id: customer, name: Customer }

# \`drives\` says what an objective is believed to move.
objectives:
  - { id: grow-sales, name: Grow sales, perspective: financial, owner: robin }
  - { id: please-clients, name: Please our clients, perspective: customer, owner: kim, drives: [grow-sales] }

measures:
  - id: sales
    name: Sales
    objective: grow-sales
    owner: robin
    unit: EUR
    direction: higher-is-better
    frequency: monthly
    from: { extract: orders, sum: amount }
    targets:
      - { from: ${targetsFrom}, value: 4000 }
    decimals: 0

  - id: on-time-delivery
    name: Orders delivered on time
    objective: please-clients
    owner: kim
    unit: percent
    direction: higher-is-better
    frequency: monthly
    # Both sides are counted over the whole month before they are divided.
    from:
      extract: orders
      ratio: { numerator: { count: on_time = true }, denominator: { count: all } }
    targets:
      - { from: ${targetsFrom}, value: 95 }
    bands: { on_track: '>= 100% of target', at_risk: '>= 90% of target' }
    weight: 2

  - id: client-rating
    name: Rating by clients
    objective: please-clients
    owner: kim
    unit: stars
    direction: higher-is-better
    frequency: monthly
    from: { extract: orders, avg: rating }
    targets:
      - { from: ${targetsFrom}, value: 4.5 }

# What comes of given rows: \`plumbline test\` tries them.
examples:
  - name: two of three orders were on time
    measure: on-time-delivery
    rows:
      - { ordered_on: ${targetsFrom}-05, on_time: true }
      - { ordered_on: ${targetsFrom}-12, on_time: true }
      - { ordered_on: ${targetsFrom}-28, on_time: false }
    period: ${targetsFrom}
    expect: { value: 66.7, status: off_track, score: 0 }
`;
}
