import { z } from 'zod';
import { problemInAnyDialect } from './query-guard.js';

const SqliteConnectionSchema = z.strictObject({
  client: z.literal('sqlite').describe('The kind of database.'),
  file: z
    .string()
    .min(1)
    .describe('Database file, relative to the configuration folder. Opened read-only, never created.'),
});

const MysqlConnectionSchema = z.strictObject({
  client: z.literal('mysql').describe('The kind of database; MariaDB too.'),
  host: z.string().min(1).describe('Host name or address of the server.'),
  port: z.number().int().min(1).max(65_535).default(3306).describe('TCP port. Default: 3306.'),
  user: z.string().min(1).describe('Account to read with; give it SELECT and nothing else.'),
  password: z
    .string()
    .meta({ secret: true })
    .describe('Its password, as a reference to an environment variable or a file; never the password itself.'),
  database: z.string().min(1).describe('Database (schema) the query starts in.'),
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
});

/** How to reach a database. */
export const DatabaseConnectionSchema = z.discriminatedUnion('client', [SqliteConnectionSchema, MysqlConnectionSchema]);
export type DatabaseConnection = z.infer<typeof DatabaseConnectionSchema>;
export type SqliteConnection = z.infer<typeof SqliteConnectionSchema>;
export type MysqlConnection = z.infer<typeof MysqlConnectionSchema>;

/** What to read: the rows of one query. */
export const DatabaseExtractSchema = z.strictObject({
  query: z
    .string()
    .min(1)
    .superRefine((sql, context) => {
      const problem = problemInAnyDialect(sql);
      if (problem === undefined) return;
      context.addIssue({
        code: 'custom',
        message: `${problem.message}. ${problem.remedy}`,
        params: { code: problem.code, remedy: problem.remedy },
      });
    })
    .describe('One SELECT. :period_start and :period_end stand for the days wanted (first, and first after the last).'),
});
export type DatabaseExtract = z.infer<typeof DatabaseExtractSchema>;
