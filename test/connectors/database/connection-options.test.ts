import { describe, expect, it } from 'vitest';
import { DatabaseConnectionSchema } from '#connectors/database/options.js';

const server = { host: 'db.example', user: 'reader', password: 'x', database: 'sales' };

describe('a connection to a database server', () => {
  it.each([
    ['mysql', 3306],
    ['postgres', 5432],
  ])('of %s has port %i unless it says another', (client, port) => {
    expect(DatabaseConnectionSchema.parse({ client, ...server })).toMatchObject({ port });
    expect(DatabaseConnectionSchema.parse({ client, ...server, port: 1 })).toMatchObject({ port: 1 });
  });

  it.each(['mysql', 'postgres'])('of %s takes the four TLS modes and no other', (client) => {
    for (const tls of ['off', 'require', 'verify-ca', 'verify-identity']) {
      expect(DatabaseConnectionSchema.safeParse({ client, ...server, tls }).success).toBe(true);
    }
    for (const tls of ['prefer', 'verify-full', true]) {
      expect(DatabaseConnectionSchema.safeParse({ client, ...server, tls }).success).toBe(false);
    }
  });

  it.each(['mysql', 'postgres'])('of %s takes a certificate only with its key', (client) => {
    const parse = (more: object) => DatabaseConnectionSchema.safeParse({ client, ...server, ...more });
    expect(parse({ cert: 'c.pem', key: 'k.pem' }).success).toBe(true);
    expect(parse({ cert: 'c.pem' }).error?.issues).toMatchObject([
      { path: ['cert'], message: '"cert" needs "key" beside it' },
    ]);
    expect(parse({ key: 'k.pem' }).error?.issues).toMatchObject([{ path: ['key'] }]);
  });
});
