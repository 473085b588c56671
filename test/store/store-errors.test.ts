import { describe, expect, it } from 'vitest';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { isBusy, isTaken, toStoreError } from '#src/store/store-errors.js';
import type { StoreLocation } from '#src/store/types.js';

const file: StoreLocation = { client: 'sqlite', file: '/data/plumbline.sqlite' };
const server: StoreLocation = {
  client: 'mysql',
  host: 'db.example.com',
  port: 3306,
  database: 'kpi',
  user: 'plumbline',
  password: 'correct-horse',
};

function driverError(code: string, message = 'insert into `outbox` values (?) - it went wrong'): Error {
  return Object.assign(new Error(message), { code });
}

describe('toStoreError()', () => {
  it.each([
    ['SQLITE_BUSY', 'STORE_BUSY', 'transient'],
    ['SQLITE_BUSY_SNAPSHOT', 'STORE_BUSY', 'transient'],
    ['SQLITE_FULL', 'STORE_DISK_FULL', 'transient'],
    ['SQLITE_READONLY_DIRECTORY', 'STORE_READ_ONLY', 'permission'],
    ['SQLITE_CORRUPT_INDEX', 'STORE_DAMAGED', 'config'],
    ['SQLITE_IOERR_WRITE', 'STORE_IO_ERROR', 'transient'],
    ['SQLITE_CANTOPEN', 'STORE_CANNOT_OPEN', 'permission'],
    ['EACCES', 'STORE_CANNOT_OPEN', 'permission'],
    ['ENOSPC', 'STORE_DISK_FULL', 'transient'],
    ['SQLITE_CONSTRAINT_NOTNULL', 'BUG_STORE_STATEMENT', 'defect'],
  ])('casts %s of SQLite to %s', (code, expected, kind) => {
    const cast = toStoreError(driverError(code), file);
    expect([cast.code, cast.kind]).toEqual([expected, kind]);
    expect(cast.message).toContain('"/data/plumbline.sqlite"');
  });

  it.each([
    ['ENOTFOUND', 'STORE_UNREACHABLE', 'transient'],
    ['PROTOCOL_CONNECTION_LOST', 'STORE_UNREACHABLE', 'transient'],
    ['ER_CON_COUNT_ERROR', 'STORE_UNREACHABLE', 'transient'],
    ['ER_DBACCESS_DENIED_ERROR', 'STORE_AUTH', 'auth'],
    ['ER_TABLEACCESS_DENIED_ERROR', 'STORE_PERMISSION', 'permission'],
    ['ER_NO_SUCH_TABLE', 'STORE_NOT_READY', 'config'],
    ['ER_LOCK_DEADLOCK', 'STORE_BUSY', 'transient'],
    ['ER_LOCK_WAIT_TIMEOUT', 'STORE_BUSY', 'transient'],
    ['ER_RECORD_FILE_FULL', 'STORE_DISK_FULL', 'transient'],
    ['ER_OPTION_PREVENTS_STATEMENT', 'STORE_READ_ONLY', 'permission'],
    ['ER_PARSE_ERROR', 'BUG_STORE_STATEMENT', 'defect'],
  ])('casts %s of MySQL to %s', (code, expected, kind) => {
    const cast = toStoreError(driverError(code), server);
    expect([cast.code, cast.kind]).toEqual([expected, kind]);
    expect(cast.message).toContain('"kpi" on db.example.com:3306');
  });

  it('gives every expected trouble a remedy', () => {
    for (const code of ['SQLITE_BUSY', 'SQLITE_FULL', 'ECONNREFUSED', 'ER_DUP_ENTRY', 'ER_DATA_TOO_LONG']) {
      expect(toStoreError(driverError(code), server).remedy).toMatch(/\.$/);
    }
  });

  it('keeps row content, statement and password out of message and cause', () => {
    const sql = "insert into outbox values ('amara@example.com')";
    const error = Object.assign(driverError('ER_PARSE_ERROR', `${sql} - near outbox`), {
      sql,
      sqlMessage: 'near outbox',
    });
    const cast = toStoreError(error, server);
    const shown = [cast.message, cast.stack, String(cast.cause), JSON.stringify(cast)].join('\n');
    expect(shown).toContain('ER_PARSE_ERROR: near outbox');
    expect(shown).not.toMatch(/amara|insert into|correct-horse/);
  });

  it('leaves our own errors as they are', () => {
    const own = new PlumblineError('transient', 'STORE_REVISION_TAKEN', 'taken');
    expect(toStoreError(own, file)).toBe(own);
  });

  it('takes a wait for a connection that was too long for a busy store', () => {
    const timeout = Object.assign(new Error('Timeout acquiring a connection'), { name: 'KnexTimeoutError' });
    expect(toStoreError(timeout, file).code).toBe('STORE_BUSY');
  });
});

describe('isBusy() and isTaken()', () => {
  it('see through both drivers, and isBusy through our own words too', () => {
    expect(isBusy(driverError('SQLITE_LOCKED'))).toBe(true);
    expect(isBusy(toStoreError(driverError('ER_LOCK_DEADLOCK'), server))).toBe(true);
    expect(isBusy(driverError('ER_DUP_ENTRY'))).toBe(false);
    expect(isTaken(driverError('ER_DUP_ENTRY'))).toBe(true);
    expect(isTaken(driverError('SQLITE_CONSTRAINT_PRIMARYKEY'))).toBe(true);
    expect(isTaken('SQLITE_CONSTRAINT_PRIMARYKEY')).toBe(false);
  });
});
