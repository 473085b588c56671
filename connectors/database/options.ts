import { z } from 'zod';

const SqliteConnectionSchema = z.strictObject({
  client: z.literal('sqlite').describe('The kind of database.'),
  file: z
    .string()
    .min(1)
    .describe('Database file, relative to the configuration folder. Opened read-only, never created.'),
});

const server = {
  host: z.string().min(1).describe('Host name or address of the server.'),
  user: z.string().min(1).describe('Account to read with; give it SELECT and nothing else.'),
  password: z
    .string()
    .meta({ secret: true })
    .describe('Its password, as a reference to an environment variable or a file; never the password itself.'),
  tls: z
    .enum(['off', 'require', 'verify-ca', 'verify-identity'])
    .optional()
    .describe(
      'off: plain text. require: encrypted, server not checked. verify-ca: certificate checked. verify-identity: certificate and host name checked. Default: verify-identity, on this machine itself off.',
    ),
  ca: z
    .string()
    .min(1)
    .optional()
    .describe('PEM file of the certificate authority, relative to the configuration folder. Default: the public ones.'),
  cert: z
    .string()
    .min(1)
    .optional()
    .describe('PEM file of our own certificate, where the server asks for one. Default: none.'),
  key: z
    .string()
    .min(1)
    .optional()
    .describe('PEM file of the private key that belongs to cert, readable by this user alone. Default: none.'),
};

const port = (usual: number) =>
  z.number().int().min(1).max(65_535).default(usual).describe(`TCP port. Default: ${usual}.`);

const MysqlConnectionSchema = z
  .strictObject({
    client: z.literal('mysql').describe('The kind of database; MariaDB too.'),
    ...server,
    port: port(3306),
    database: z.string().min(1).describe('Database (schema) the query starts in.'),
  })
  .superRefine(certificateWithKey);

const PostgresConnectionSchema = z
  .strictObject({
    client: z.literal('postgres').describe('The kind of database.'),
    ...server,
    port: port(5432),
    database: z.string().min(1).describe('Database to connect to.'),
  })
  .superRefine(certificateWithKey);

function certificateWithKey(
  { cert, key }: { readonly cert?: string | undefined; readonly key?: string | undefined },
  context: z.RefinementCtx,
): void {
  if ((cert === undefined) === (key === undefined)) return;
  const [given, absent] = cert === undefined ? ['key', 'cert'] : ['cert', 'key'];
  const params = { remedy: `add "${absent}", or remove "${given}"` };
  context.addIssue({ code: 'custom', path: [given], message: `"${given}" needs "${absent}" beside it`, params });
}

/** How to reach a database. */
export const DatabaseConnectionSchema = z.discriminatedUnion('client', [
  SqliteConnectionSchema,
  MysqlConnectionSchema,
  PostgresConnectionSchema,
]);
export type DatabaseConnection = z.infer<typeof DatabaseConnectionSchema>;
export type SqliteConnection = z.infer<typeof SqliteConnectionSchema>;
export type MysqlConnection = z.infer<typeof MysqlConnectionSchema>;
export type PostgresConnection = z.infer<typeof PostgresConnectionSchema>;
/** A server of either kind. */
export type ServerConnection = MysqlConnection | PostgresConnection;

export { type DatabaseExtract, DatabaseExtractSchema } from './extract-options.js';
