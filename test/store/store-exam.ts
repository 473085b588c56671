import knex, { type Knex } from 'knex';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CANARY_SUBJECT } from '#src/domain/canary/canary.js';
import { NOT_READ_DIGEST } from '#src/domain/collection/not-read.js';
import type { FailureKind } from '#src/domain/failure/failure-kind.js';
import { knexConfig } from '#src/store/connection.js';
import { tables } from '#src/store/migrations/0001-tables.js';
import { migrations } from '#src/store/migrations/migrations.js';
import { openStore } from '#src/store/open-store.js';
import { STORED_REJECTS_LIMIT } from '#src/store/pulls.js';
import { STORED_RAW_LIMIT } from '#src/store/rejects.js';
import type {
  DigestRecord,
  NoteRecord,
  NoValueRecord,
  PullRecord,
  ReportingStore,
  StoreLocation,
} from '#src/store/types.js';
import {
  alertEvent,
  condition,
  february,
  january,
  MEASURE,
  march,
  message,
  nodes,
  okPull,
  opening,
  people,
  reject,
  revision,
  score,
} from './store-samples.js';

/** An empty place for a store, and what removes it. */
export interface EmptyPlace {
  readonly location: StoreLocation;
  readonly remove: () => Promise<void>;
}

/** What every dialect of the store must pass. */
export function storeExam(dialect: string, makePlace: () => Promise<EmptyPlace>): void {
  describe(`reporting store on ${dialect}`, () => {
    let place: EmptyPlace;
    let store: ReportingStore;
    let raw: Knex;

    const open = async (): Promise<void> => {
      place = await makePlace();
      store = await openStore(place.location);
      raw = knex(knexConfig(place.location));
    };

    const close = async (): Promise<void> => {
      await raw.destroy();
      await store.close();
      await place.remove();
    };

    describe('before and while migrating', () => {
      beforeEach(open);
      afterEach(close);

      it('names the command that makes the tables while there are none', async () => {
        const expected = {
          code: 'STORE_NOT_READY',
          kind: 'config',
          remedy: expect.stringContaining('plumbline apply'),
        };
        await expect(store.read.latestConfigRevision()).rejects.toMatchObject(expected);
        await expect(store.models.scorecardTable()).rejects.toMatchObject(expected);
        await expect(store.write((writer) => writer.openRun(opening()))).rejects.toMatchObject(expected);
        await expect(store.outbox.due('2026-03-05T06:00:00Z', 1)).rejects.toMatchObject(expected);
      });

      it('is not ready when a later migration has not run', async () => {
        await store.migrate();
        await raw('schema_migration')
          .where({ name: migrations.at(-1)?.name })
          .delete();
        await expect(store.read.run('x')).rejects.toMatchObject({ code: 'STORE_NOT_READY' });
      });

      it('migrates a second time without harm, also after a migration that was cut off', async () => {
        await store.migrate();
        await store.write((writer) => writer.openRun(opening()));
        await store.migrate();
        await raw('schema_migration').delete();
        await store.migrate();
        expect(await store.read.run(opening().runId)).toMatchObject({ state: 'running' });
        expect(await raw('store_lock').select('id')).toHaveLength(1);
      });

      it('adds columns to a store of an earlier version, whose rows stay', async () => {
        await store.migrate();
        await store.write(async (writer) => {
          await writer.openRun(opening());
          await writer.savePull(okPull(), []);
        });
        await raw('schema_migration').where({ name: '0003-pull-evidence' }).delete();
        for (const column of ['watermark', 'notes']) await raw.raw(`alter table run_pull drop column ${column}`);
        await store.migrate();
        expect(await store.read.pulls(opening().runId)).toEqual([okPull()]);
      });

      it('adds the columns of bands, points and children left out to scores of an earlier version', async () => {
        await store.migrate();
        await store.write((writer) => writer.saveScores([score()]));
        await raw.raw('drop view v_scorecard_current');
        for (const column of ['left_out', 'possible_number', 'possible', 'points_number', 'points', 'band']) {
          await raw.raw(`alter table score drop column ${column}`);
        }
        await raw('schema_migration').whereIn('name', ['0004-score-bands', '0010-left-out']).delete();
        await store.migrate();
        expect(await store.read.currentScores([MEASURE], '2026-01-01')).toEqual([score()]);
        await store.models.scorecardTable();
      });

      it('takes alerts of an earlier version for changed by evaluations, and shows them as before', async () => {
        await store.migrate();
        await store.write((writer) => writer.saveAlertEvents([alertEvent(0)], 'run-1'));
        await raw.raw('drop view v_alerts_open');
        const ofTable = place.location.client === 'mysql' ? ' on alert' : '';
        for (const column of ['judged_at', 'dismissed_through'])
          await raw.raw(`drop index alert_by_${column}${ofTable}`);
        for (const column of ['snoozed_until', 'eased_at', 'dismissed_through', 'handled_by', 'judged_at']) {
          await raw.raw(`alter table alert drop column ${column}`);
        }
        for (const column of ['author', 'snoozed_until', 'dismissed_through']) {
          await raw.raw(`alter table alert_event drop column ${column}`);
        }
        await raw('schema_migration').where({ name: '0009-alert-life' }).delete();
        await store.migrate();
        expect(await store.read.latestLogicalTime()).toBe(alertEvent(0).at);
        expect((await store.models.openAlerts()).map(({ state }) => state)).toEqual(['open']);
        expect((await store.models.alertHistory(1))[0]?.history).toEqual([{ ...alertEvent(0), runId: 'run-1' }]);
      });

      it('lets several migrators run at once', async () => {
        const others = await Promise.all([1, 2, 3].map(() => openStore(place.location)));
        await Promise.all([store, ...others].map((each) => each.migrate()));
        await Promise.all(others.map((each) => each.close()));
        expect(await raw('schema_migration').select('name').orderBy('name')).toEqual(
          migrations.map(({ name }) => ({ name })),
        );
      });
    });

    describe('once migrated', () => {
      beforeAll(async () => {
        await open();
        await store.migrate();
      });

      afterAll(close);

      afterEach(async () => {
        const filled = [
          ...tables.map(({ name }) => name).filter((name) => name !== 'store_lock'),
          'digest',
          'value_request',
        ];
        for (const table of filled) await raw(table).delete();
      });

      const count = async (table: string): Promise<number> => {
        const row = await raw(table).count({ n: '*' }).first();
        return Number(row?.['n']);
      };

      it('writes all of a transaction or nothing', async () => {
        const broken = store.write(async (writer) => {
          await writer.openRun(opening());
          await writer.savePull(okPull(), [reject(0)]);
          await writer.appendActuals([revision()]);
          await writer.saveScores([score()]);
          await writer.saveAlertEvents([alertEvent(0)], opening().runId);
          await writer.enqueue([message('m-1')]);
          throw new RangeError('cut off');
        });
        await expect(broken).rejects.toThrow(new RangeError('cut off'));
        for (const table of [
          'run',
          'run_pull',
          'reject',
          'actual',
          'actual_current',
          'dim_period',
          'score',
          'score_current',
          'alert',
          'alert_event',
          'outbox',
        ]) {
          expect([table, await count(table)]).toEqual([table, 0]);
        }
      });

      it('reads its own writes inside a transaction, which nobody else sees', async () => {
        await store.write(async (writer, reader) => {
          await writer.openRun(opening());
          expect(await reader.run(opening().runId)).toMatchObject({ group: 'operations-daily' });
          expect(await count('run')).toBe(0);
        });
        expect(await count('run')).toBe(1);
      });

      it('says so at once when the store is used past the transaction inside of it', async () => {
        const inside = store.write(async () => store.read.latestLogicalTime());
        await expect(inside).rejects.toMatchObject({ code: 'BUG_STORE_USED_INSIDE_WRITE' });
        const nested = store.write(() => store.write((writer) => writer.openRun(opening())));
        await expect(nested).rejects.toMatchObject({ code: 'BUG_STORE_USED_INSIDE_WRITE' });
        expect(await store.read.latestLogicalTime()).toBeUndefined();
      });

      it('lets two handles write at once without losing a write', async () => {
        const other = await openStore(place.location);
        const writes = Array.from({ length: 40 }, (_, index) =>
          (index % 2 === 0 ? store : other).write(async (writer, reader) => {
            const known = await reader.currentActuals([MEASURE], '2026-01-01');
            await new Promise((resolve) => setTimeout(resolve, 1));
            await writer.enqueue([message(`m-${index}`)]);
            return known.length;
          }),
        );
        await Promise.all(writes);
        await other.close();
        expect(await count('outbox')).toBe(40);
      });

      it('lists no alert of the canary, though it knows of them', async () => {
        const canary = alertEvent(0, { condition: condition({ subject: CANARY_SUBJECT }) });
        await store.write((writer) => writer.saveAlertEvents([canary, alertEvent(0)], 'run-1'));
        expect(await store.read.alerts({})).toHaveLength(2);
        const subjects = [condition().subject];
        expect((await store.models.openAlerts()).map(({ subject }) => subject)).toEqual(subjects);
        expect((await store.models.alertHistory(10)).map(({ subject }) => subject)).toEqual(subjects);
      });

      describe('configuration', () => {
        it('knows when the revision in force was applied last', async () => {
          const apply = (at: string) =>
            store.write((writer) => writer.saveConfigRevision('rev-1', '{}', at, nodes, people));
          expect(await store.read.latestApplied()).toBeUndefined();
          await apply('2026-03-01T00:00:00Z');
          await apply('2026-03-02T00:00:00.5Z');
          expect(await store.read.latestApplied()).toBe('2026-03-02T00:00:00.5Z');
        });

        it('gives the revision applied last, also when an earlier one is applied again', async () => {
          const at = '2026-03-01T00:00:00Z';
          const apply = (name: string) =>
            store.write((writer) => writer.saveConfigRevision(name, `document ${name}`, at, nodes, people));
          await apply('rev-1');
          await apply('rev-2');
          expect(await store.read.latestConfigRevision()).toBe('document rev-2');
          await apply('rev-1');
          expect(await store.read.latestConfigRevision()).toBe('document rev-1');
          expect(await store.read.configRevision('rev-2')).toBe('document rev-2');
          expect(await store.read.configRevision('rev-3')).toBeUndefined();
          expect(await count('config_revision')).toBe(2);
        });

        it('takes a document beyond 64 KiB and replaces the dimensions', async () => {
          const document = 'ü'.repeat(200_000);
          const at = '2026-03-01T00:00:00Z';
          await store.write((writer) => writer.saveConfigRevision('rev-1', document, at, nodes, people));
          await store.write((writer) => writer.saveConfigRevision('rev-2', '{}', at, nodes.slice(0, 1), []));
          expect(await store.read.configRevision('rev-1')).toBe(document);
          expect([await count('dim_node'), await count('dim_measure'), await count('dim_person')]).toEqual([1, 0, 0]);
        });

        it('leaves the dimensions where the revision in force is applied again as it is', async () => {
          const apply = (name: string, at: string, tree = nodes) =>
            store.write((writer) => writer.saveConfigRevision(name, `document ${name}`, at, tree, people));
          const applied = async () => {
            const rows = await raw('config_revision').select('revision', 'applied_at').orderBy('apply_order', 'desc');
            return rows.map((row) => `${row.revision} ${row.applied_at}`);
          };
          const parentOf = async () => (await raw('dim_node').where({ node: MEASURE }).first('parent'))?.parent;
          await apply('rev-1', '2026-03-01T00:00:00Z');
          // Such a mark is the only way to see that nothing was written.
          await raw('dim_node').where({ node: MEASURE }).update({ parent: 'left alone' });
          await apply('rev-1', '2026-03-02T00:00:00Z');
          expect(await parentOf()).toBe('left alone');
          expect(await applied()).toEqual(['rev-1 2026-03-02T00:00:00.000Z']);
          await apply('rev-1', '2026-03-03T00:00:00Z', nodes.slice(1));
          expect([await parentOf(), await count('dim_node')]).toEqual(['company', 1]);
          await apply('rev-2', '2026-03-04T00:00:00Z');
          await raw('dim_node').where({ node: MEASURE }).update({ parent: 'not for long' });
          await apply('rev-1', '2026-03-05T00:00:00Z');
          expect(await parentOf()).toBe('company');
          expect(await applied()).toEqual(['rev-1 2026-03-05T00:00:00.000Z', 'rev-2 2026-03-04T00:00:00.000Z']);
        });

        it('tells ids apart by case', async () => {
          const twins = ['Shop', 'shop'].map(
            (node, position) => ({ node, kind: 'scorecard', name: node, ownerId: 'x', weight: '1', position }) as const,
          );
          await store.write((writer) => writer.saveConfigRevision('rev-1', '{}', '2026-03-01T00:00:00Z', twins, []));
          expect((await store.models.scorecardTable()).map((row) => row.node)).toEqual(['Shop', 'shop']);
        });
      });

      describe('many addresses', () => {
        const address = (index: number): string => `shops/s${String(index).padStart(4, '0')}/m'01"\\ü`;
        const addresses = Array.from({ length: 2_001 }, (_, index) => address(index));

        it('writes and reads thousands in one go, whatever characters their ids have', async () => {
          await store.write(async (writer) => {
            await writer.appendActuals(addresses.map((measure, index) => revision({ measure, value: `${index}.5` })));
            await writer.saveScores(addresses.map((node) => score({ node })));
            await writer.saveNoValues(addresses.map((measure) => noValue(measure)));
          });
          const { read } = store;
          const known = await read.currentActuals([...addresses, ...addresses], '2026-01-01');
          expect(known.map(({ measure, value }) => [measure, value])).toEqual(
            addresses.map((measure, index) => [measure, `${index}.5`]),
          );
          const days = new Map(addresses.map((measure) => [measure, february.start]));
          expect(await read.reportedFrom(addresses)).toEqual(days);
          expect(await read.unscoredFrom(addresses)).toEqual(
            new Map([...days].filter(([measure]) => measure !== address(87))),
          );
          expect((await read.currentScores(addresses, '2026-01-01')).map(({ node }) => node)).toEqual(addresses);
          const without = await read.noValues(addresses, '2026-01-01');
          expect(without).toEqual(addresses.map((measure) => noValue(measure)));
          const scored = { period: february, ruleVersion: 'rule-1' };
          expect(await read.scoredTo(addresses)).toEqual(new Map(addresses.map((node) => [node, scored])));
          for (const nobody of [[], ['shops'], [`${address(1)}'`]]) {
            expect(await read.currentActuals(nobody, '2026-01-01')).toEqual([]);
          }
        });

        it('stores none of thousands where the key of one is taken', async () => {
          await store.write((writer) => writer.appendActuals([revision({ measure: address(1_990) })]));
          const clash = store.write((writer) =>
            writer.appendActuals(addresses.map((measure) => revision({ measure, value: '1' }))),
          );
          await expect(clash).rejects.toMatchObject({ code: 'STORE_REVISION_TAKEN', kind: 'transient' });
          expect([await count('actual'), await count('actual_current')]).toEqual([1, 1]);
        });

        it('tells a broken rule of the database from a key that is taken', async () => {
          const broken = JSON.parse('null');
          const write = store.write((writer) => writer.appendActuals([revision(), revision({ measure: broken })]));
          await expect(write).rejects.toMatchObject({ code: 'BUG_STORE_STATEMENT' });
          expect(await count('actual')).toBe(0);
        });

        it('replaces what is known, the last of one key winning', async () => {
          const twice = [...addresses, address(0)].map((measure, index) => ({
            ...{ measure, valueDigest: `d-${index}`, collectedFrom: '2026-01-01', collectedTo: '2026-03-01' },
            ...{ runId: opening().runId },
          }));
          await store.write((writer) => writer.saveProgress(twice));
          await store.write((writer) => writer.saveProgress(twice.slice(5)));
          expect(await store.read.progress([address(0), address(7)])).toMatchObject([
            { measure: address(0), valueDigest: 'd-2001' },
            { measure: address(7), valueDigest: 'd-7' },
          ]);
          expect(await count('measure_progress')).toBe(2_001);
        });

        it('refuses rows that come when their transaction has ended', async () => {
          const spans = { valueDigest: 'd', collectedFrom: '2026-01-01', collectedTo: '2026-03-01', runId: 'r' };
          const waiting = await store.write(async (writer) => ({
            late: new Promise((ended) => setTimeout(ended, 100)).then(() =>
              writer.saveProgress([{ measure: MEASURE, ...spans }]),
            ),
          }));
          await expect(waiting.late).rejects.toMatchObject({ code: 'BUG_STORE_STATEMENT' });
          expect(await count('measure_progress')).toBe(0);
        });
      });

      describe('runs and pulls', () => {
        it('opens a run twice as once, and gives times as the domain writes them', async () => {
          await store.write((writer) => writer.openRun(opening()));
          await store.write((writer) => writer.openRun(opening({ startedAt: '2026-03-05T05:40:00Z' })));
          expect(await store.read.run(opening().runId)).toEqual({ ...opening(), state: 'running' });
          const at = '2026-03-05T05:45:00Z';
          await store.write((writer) => writer.closeRun(opening().runId, 'partial', at));
          expect(await store.read.run(opening().runId)).toEqual({ ...opening(), state: 'partial', finishedAt: at });
        });

        it('takes a closed run up again as running from its new start', async () => {
          await store.write((writer) => writer.openRun(opening()));
          await store.write((writer) => writer.closeRun(opening().runId, 'failed', '2026-03-05T05:45:00Z'));
          const again = opening({ trigger: 'manual', configRevision: 'rev-2', startedAt: '2026-03-06T09:00:00Z' });
          await store.write((writer) => writer.openRun(again));
          expect(await store.read.run(opening().runId)).toEqual({ ...again, state: 'running' });
        });

        it('refuses to close, or to pull for, a run that was never opened', async () => {
          const close = store.write((writer) => writer.closeRun('nobody', 'done', '2026-03-05T05:45:00Z'));
          await expect(close).rejects.toMatchObject({
            code: 'BUG_UNKNOWN_RUN',
            message: expect.stringContaining('"nobody"'),
          });
          const save = store.write((writer) => writer.savePull(okPull(), []));
          await expect(save).rejects.toMatchObject({ code: 'BUG_UNKNOWN_RUN' });
        });

        it('refuses an instant that is not UTC', async () => {
          const open = store.write((writer) => writer.openRun(opening({ startedAt: '2026-03-05T05:30:00+01:00' })));
          await expect(open).rejects.toMatchObject({ code: 'BUG_BAD_INSTANT' });
        });

        it('knows the latest logical time whatever its fraction', async () => {
          expect(await store.read.latestLogicalTime()).toBeUndefined();
          await store.write(async (writer) => {
            await writer.openRun(opening({ runId: 'a', logicalTime: '2026-03-05T05:30:00Z' }));
            await writer.openRun(opening({ runId: 'b', logicalTime: '2026-03-05T05:30:00.5Z' }));
          });
          expect(await store.read.latestLogicalTime()).toBe('2026-03-05T05:30:00.5Z');
        });

        it('counts the time at which an alert changed as a logical time', async () => {
          await store.write(async (writer) => {
            await writer.openRun(opening({ logicalTime: '2026-03-05T05:30:00Z' }));
            await writer.saveAlertEvents([alertEvent(0, { at: '2026-03-05T05:35:00Z' })], 'sweep');
          });
          expect(await store.read.latestLogicalTime()).toBe('2026-03-05T05:35:00Z');
        });

        it('knows where values wait to be scored, whatever run stored them', async () => {
          await store.write(async (writer) => {
            await writer.appendActuals([revision({ period: january }), revision(), revision({ period: march })]);
            await writer.saveScores([score({ period: january }), score({ value: '87' })]);
          });
          const { unscoredFrom } = store.read;
          expect(await unscoredFrom([MEASURE, 'company/nps'])).toEqual(new Map([[MEASURE, '2026-02-01']]));
          await store.write((writer) => writer.saveScores([score({ inputsDigest: 'inputs-2' })]));
          expect(await unscoredFrom([MEASURE])).toEqual(new Map([[MEASURE, '2026-03-01']]));
        });

        it('knows the earliest period that is waited for, by frequency', async () => {
          const weekly = { id: '2025-W40', frequency: 'weekly', start: '2025-09-29', end: '2025-10-06' } as const;
          await store.write((writer) =>
            writer.saveScores([
              score({ period: january, status: 'missing' }),
              score({ period: february, status: 'late' }),
              score({ period: march, status: 'not_due' }),
              score({ period: weekly, status: 'late' }),
            ]),
          );
          expect(new Set(await store.read.waitingFrom([MEASURE, 'company/nps']))).toEqual(
            new Set([
              { measure: MEASURE, frequency: 'monthly', periodStart: '2026-02-01' },
              { measure: MEASURE, frequency: 'weekly', periodStart: '2025-09-29' },
            ]),
          );
        });

        it('replaces record and rejects of the same run and extract', async () => {
          const failure = {
            kind: 'transient',
            code: 'SOURCE_UNREACHABLE',
            message: 'no route',
            remedy: 'wait',
          } as const;
          await store.write(async (writer) => {
            await writer.openRun(opening());
            await writer.savePull(
              { runId: opening().runId, extract: 'contracts', at: opening().startedAt, outcome: 'failed', failure },
              [],
            );
          });
          expect(await store.read.pulls(opening().runId)).toEqual([
            { runId: opening().runId, extract: 'contracts', at: opening().startedAt, outcome: 'failed', failure },
          ]);
          await store.write((writer) => writer.savePull(okPull(), [reject(0), reject(1)]));
          await store.write((writer) => writer.savePull(okPull(), [reject(0)]));
          expect(await store.read.pulls(opening().runId)).toEqual([okPull()]);
          expect(await count('reject')).toBe(1);
        });

        it('stores 1,200 rejects, and no more than the limit while the balance counts all', async () => {
          await store.write((writer) => writer.openRun(opening()));
          await store.write((writer) => writer.savePull(okPull(), rejects(1_200)));
          expect(await count('reject')).toBe(1_200);
          const total = STORED_REJECTS_LIMIT + 5;
          const balance = { seen: total, used: 0, rejected: total, skipped: {} };
          await store.write((writer) => writer.savePull(okPull({ balance }), rejects(total)));
          expect(await count('reject')).toBe(STORED_REJECTS_LIMIT);
          expect(await store.read.pulls(opening().runId)).toMatchObject([{ balance }]);
        });

        it('keeps the beginning of a very long raw text', async () => {
          await store.write((writer) => writer.openRun(opening()));
          await store.write((writer) => writer.savePull(okPull(), [reject(0, { raw: '📉'.repeat(100_000) })]));
          const [stored] = await store.models.rejectsOf({ limit: 1 });
          expect(stored?.raw).toHaveLength(STORED_RAW_LIMIT + 1);
          expect(stored?.raw.endsWith('📉…')).toBe(true);
        });

        it('finds the latest pull of an extract by logical time, not by the clock', async () => {
          await store.write(async (writer) => {
            await writer.openRun(opening({ runId: 'late', logicalTime: '2026-03-05T05:30:00Z' }));
            await writer.openRun(opening({ runId: 'early', logicalTime: '2026-03-04T05:30:00Z' }));
            await writer.savePull(okPull({ runId: 'late', at: '2026-03-05T05:31:00Z' }), []);
            await writer.savePull(okPull({ runId: 'early', at: '2026-03-09T00:00:00Z' }), []);
          });
          const latest = await store.read.latestPulls(['contracts', 'never-read', 'contracts']);
          expect(latest).toEqual([
            { ...okPull({ runId: 'late', at: '2026-03-05T05:31:00Z' }), logicalTime: '2026-03-05T05:30:00Z' },
          ]);
        });

        it('finds the newest pull for which a source was really asked, with the configuration of its run', async () => {
          const time = (hour: number): string => `2026-03-05T0${hour}:15:00Z`;
          const pulled = (hour: number, extract: string, change: Parameters<typeof okPull>[0] = {}): Promise<void> =>
            saved(hour, okPull({ runId: `run-${hour}`, extract, ...change }));
          const failed = (hour: number, extract: string, kind: FailureKind, code: string): Promise<void> =>
            saved(hour, {
              ...{ runId: `run-${hour}`, extract, at: time(hour) },
              ...{ outcome: 'failed', failure: { kind, code, message: 'no' } },
            });
          const saved = (hour: number, record: PullRecord): Promise<void> =>
            store.write(async (writer) => {
              const { runId } = record;
              await writer.openRun(opening({ runId, logicalTime: time(hour), configRevision: `rev-${hour}` }));
              await writer.savePull(record, []);
            });
          await pulled(1, 'contracts');
          await failed(2, 'invoices', 'auth', 'SOURCE_AUTH_REFUSED');
          await pulled(3, 'contracts', { at: '2026-03-05T03:20:00Z' });
          await failed(3, 'visits', 'auth', 'SOURCE_AUTH_REFUSED');
          await pulled(4, 'contracts', { digest: NOT_READ_DIGEST });
          await failed(5, 'contracts', 'auth', 'SOURCE_PAUSED');
          await failed(6, 'contracts', 'config', 'SOURCE_SNAPSHOT_OVER');
          await pulled(7, 'others');
          const newest = (extracts: readonly string[], from = 0) => store.read.newestAttempt(extracts, time(from));
          expect(await newest(['contracts', 'invoices'])).toMatchObject({
            ...{ extract: 'contracts', outcome: 'ok', logicalTime: time(3), configRevision: 'rev-3' },
          });
          expect(await newest(['contracts', 'visits'])).toMatchObject({
            ...{ extract: 'visits', failure: { kind: 'auth' }, logicalTime: time(3) },
          });
          const many = Array.from({ length: 1_200 }, (_, index) => `other-${index}`);
          expect(await newest(['visits', ...many, 'contracts'])).toMatchObject({ extract: 'visits' });
          expect(await newest(['invoices'], 2)).toMatchObject({ extract: 'invoices', configRevision: 'rev-2' });
          expect(await newest(['invoices'], 3)).toBeUndefined();
          expect(await newest([])).toBeUndefined();
        });

        it('finds the newest pull that really read, and the first of its rejects', async () => {
          const at = (day: number) => ({ runId: `run-${day}`, at: `2026-03-0${day}T05:31:00Z` });
          await store.write(async (writer) => {
            for (const day of [4, 5, 6, 7]) {
              await writer.openRun(opening({ runId: `run-${day}`, logicalTime: `2026-03-0${day}T05:30:00Z` }));
            }
            await writer.savePull(okPull(at(4)), [reject(0)]);
            await writer.savePull(okPull(at(5)), [reject(2), reject(0), reject(1)]);
            await writer.savePull(okPull({ ...at(6), digest: NOT_READ_DIGEST }), []);
            const failure = { kind: 'timeout', code: 'SOURCE_TIMED_OUT', message: 'it took too long' } as const;
            await writer.savePull({ ...at(7), extract: 'contracts', outcome: 'failed', failure }, []);
          });
          expect(await store.read.lastRead('contracts')).toMatchObject({
            runId: 'run-5',
            logicalTime: '2026-03-05T05:30:00Z',
          });
          expect(await store.read.lastRead('invoices')).toBeUndefined();
          expect(await store.read.firstRejects('run-5', 'contracts', 2)).toEqual([reject(0), reject(1)]);
        });

        it('gives watermark, repairs and notes back, and the balance of rows that were not believed', async () => {
          const good = okPull({
            watermark: { evidence: 'as_of_cell', value: '2026-03-04', at: '2026-03-04', definition: 'd1' },
            repaired: { missing_cells: 3 },
            notes: ['a column "größe" is new'],
          });
          const failure = { kind: 'data', code: 'SOURCE_QUARANTINED', message: 'too many' } as const;
          const balance = { seen: 5, used: 0, rejected: 4, skipped: { quarantined: 1 } };
          const bad: PullRecord = {
            ...{ runId: opening().runId, extract: 'invoices', at: '2026-03-05T05:31:00Z' },
            ...{ outcome: 'failed', failure, balance, notes: ['a note'] },
          };
          await store.write(async (writer) => {
            await writer.openRun(opening());
            await writer.savePull(good, []);
            await writer.savePull(bad, [reject(0)]);
          });
          expect(await store.read.pulls(opening().runId)).toEqual([good, bad]);
          const rejects = await store.models.rejectsOf({ extract: 'invoices', limit: 9 });
          expect(rejects.map(({ extract }) => extract)).toEqual(['invoices']);
        });

        describe('over several runs', () => {
          const time = (day: number): string => `2026-03-0${day}T05:30:00Z`;
          const mark = (value: string, definition = 'd1') => ({ evidence: 'query', value, definition }) as const;
          const pullOn = async (day: number, change: Parameters<typeof okPull>[0]): Promise<void> => {
            const runId = `run-${day}`;
            await store.write(async (writer) => {
              await writer.openRun(opening({ runId, logicalTime: time(day) }));
              await writer.savePull(okPull({ runId, ...change }), []);
            });
          };

          it('has the latest watermark before a nominal time, by nominal times and not by the clock', async () => {
            await pullOn(3, { watermark: mark('m3') });
            await pullOn(5, { watermark: mark('m5', 'd2') });
            await pullOn(2, { watermark: mark('m2'), at: '2026-03-09T00:00:00Z' });
            await pullOn(6, {});
            await pullOn(4, { watermark: mark('m4'), extract: 'invoices' });
            const before = (day: number) => store.read.latestWatermark('contracts', time(day));
            expect(await before(2)).toBeUndefined();
            expect(await before(5)).toEqual(mark('m3'));
            expect(await before(7)).toEqual(mark('m5', 'd2'));
          });

          it('lists good pulls of a span with both their times', async () => {
            for (const day of [4, 2, 3]) await pullOn(day, { at: `2026-03-0${day}T06:00:00Z` });
            const failure = { kind: 'timeout', code: 'SOURCE_TIMEOUT', message: 'slow' } as const;
            await store.write(async (writer) => {
              const place = { runId: 'run-3', extract: 'contracts', at: '2026-03-03T06:00:00Z' };
              await writer.savePull({ ...place, outcome: 'failed', failure }, []);
            });
            expect(await store.read.pullTimes('contracts', time(2), time(4))).toEqual([
              { logicalTime: time(2), at: '2026-03-02T06:00:00Z' },
            ]);
          });
        });
      });

      describe('freshness', () => {
        const dates = {
          due: '2026-03-06T23:00:00Z',
          lateFrom: '2026-03-06T23:00:01Z',
          missingFrom: '2026-03-09T23:00:01Z',
        };
        const deadline = { dueRule: 'five-days', period: '2026-02', ...dates };
        const absence = {
          measure: MEASURE,
          period: '2026-02',
          reason: 'nothing_newer',
          words: 'why',
          person: 'amara',
        } as const;

        it('says when each period had its first value, by the nominal time of its run', async () => {
          await store.write(async (writer) => {
            await writer.openRun(opening());
            await writer.appendActuals([revision(), revision({ period: january, runId: 'gone' })]);
            await writer.appendActuals([revision({ revision: 2, value: '88', runId: 'later' })]);
          });
          const found = await store.read.arrivals([MEASURE, 'company/other'], '2026-02-01');
          expect(found).toEqual([
            {
              measure: MEASURE,
              period: february,
              runId: opening().runId,
              logicalTime: opening().logicalTime,
              recordedAt: revision().recordedAt,
            },
          ]);
          expect(await store.read.collectedSince([MEASURE])).toEqual(new Map([[MEASURE, opening().logicalTime]]));
        });

        it('shows a period with its dates, and why it has no value, until it has one', async () => {
          const shown = () => raw('v_freshness').select('*');
          await store.write(async (writer) => {
            const measures = nodes.map((node) => (node.node === MEASURE ? { ...node, dueRule: 'five-days' } : node));
            await writer.saveConfigRevision('rev-1', '{}', '2026-03-01T00:00:00Z', measures, people);
            const { score: _score, unclamped: _unclamped, value: _value, ...without } = score();
            await writer.saveScores([{ ...without, status: 'late', inputsDigest: 'inputs-2' }]);
            await writer.saveDeadlines([deadline]);
            await writer.saveAbsences([MEASURE], [absence]);
          });
          expect(await shown()).toEqual([
            expect.objectContaining({
              measure: MEASURE,
              period_id: '2026-02',
              status: 'late',
              due_at: '2026-03-06T23:00:00.000Z',
              late_from: '2026-03-06T23:00:01.000Z',
              missing_from: '2026-03-09T23:00:01.000Z',
              locked_from: null,
              arrived_at: null,
              reason: 'nothing_newer',
              words: 'why',
              person_id: 'amara',
            }),
          ]);
          expect(await store.read.periodsWithStatus([MEASURE], ['late'], '2026-01-01')).toEqual([
            { measure: MEASURE, period: february },
          ]);
          await store.write(async (writer) => {
            await writer.appendActuals([revision()]);
            await writer.saveScores([score()]);
            await writer.saveDeadlines([deadline]);
            await writer.saveAbsences([MEASURE], []);
          });
          expect(await shown()).toEqual([
            expect.objectContaining({ status: 'on_track', arrived_at: expect.any(String), reason: null }),
          ]);
        });

        it('moves the dates of a period that its source has spoken of, and only those', async () => {
          const shown = () => raw('dim_deadline').select('period_id', 'due_at', 'as_of').orderBy('period_id');
          const awaited = { ...deadline, asOf: 'at_the_latest' as const };
          await store.write((writer) => writer.saveDeadlines([awaited, { ...deadline, period: '2026-03' }]));
          const said = { ...deadline, due: '2026-03-02T05:30:00Z', asOf: 'said' as const };
          await store.write((writer) => writer.saveDeadlines([said]));
          await store.write((writer) => writer.saveDeadlines([said]));
          expect(await shown()).toEqual([
            { period_id: '2026-02', due_at: '2026-03-02T05:30:00.000Z', as_of: 'said' },
            { period_id: '2026-03', due_at: '2026-03-06T23:00:00.000Z', as_of: null },
          ]);
        });

        it('keeps when a source first said that it stands at a day', async () => {
          const say = (through: string, saidAt: string, extract = 'contracts') =>
            store.write((writer) => writer.saveStandStep(extract, { through, saidAt }));
          await say('2026-02-27', '2026-03-01T05:30:00Z');
          // Said before, taken back, said again by a run that is repeated, and by one that is made up.
          await say('2026-02-27', '2026-03-02T05:30:00Z');
          await say('2026-02-20', '2026-03-03T05:30:00Z');
          await say('2026-03-04', '2026-03-01T05:30:00Z');
          await say('2026-03-04', '2026-02-28T05:30:00Z');
          await say('2026-03-04', '2026-03-05T05:30:00Z');
          await say('2026-03-01', '2026-03-02T05:30:00Z', 'other');
          expect(await store.read.standSteps(['contracts'], '2026-02-01')).toEqual([
            { extract: 'contracts', through: '2026-02-27', saidAt: '2026-03-01T05:30:00Z' },
            { extract: 'contracts', through: '2026-03-04', saidAt: '2026-03-05T05:30:00Z' },
          ]);
          expect(await store.read.standSteps(['contracts', 'other', 'none'], '2026-02-28')).toHaveLength(2);
          expect(await store.read.standSteps([], '2026-02-28')).toEqual([]);
        });

        it('keeps why another measure has no value', async () => {
          const other = { ...absence, measure: 'company/other' };
          await store.write((writer) => writer.saveAbsences([MEASURE, 'company/other'], [absence, other]));
          await store.write((writer) => writer.saveAbsences([MEASURE], [{ ...absence, reason: 'blank' }]));
          const found = await raw('absence').select('measure', 'reason').orderBy('measure');
          expect(found).toEqual([
            { measure: MEASURE, reason: 'blank' },
            { measure: 'company/other', reason: 'nothing_newer' },
          ]);
        });

        it('has what the rows of the last good pull before a nominal time showed', async () => {
          const rows = { newestDay: '2026-03-04', blankPeriods: [{ measure: MEASURE, period: '2026-02' }] };
          await store.write(async (writer) => {
            await writer.openRun(opening());
            await writer.savePull(okPull(rows), [reject(0), reject(1, { date: '2026-01-31' })]);
          });
          expect(await store.read.latestRowEvidence('contracts', '2026-03-06T00:00:00Z')).toEqual(rows);
          expect(await store.read.latestRowEvidence('contracts', opening().logicalTime)).toEqual({});
          expect(await store.read.rejectsIn(okPull(), february)).toBe(1);
        });
      });

      describe('actuals', () => {
        it('keeps every revision and points to the last one', async () => {
          await store.write((writer) =>
            writer.appendActuals([revision(), revision({ period: january, value: '-0.5' })]),
          );
          const restated = revision({
            revision: 2,
            value: '88',
            reason: 'restated',
            recordedAt: '2026-03-06T00:00:00Z',
          });
          await store.write((writer) => writer.appendActuals([restated]));
          expect(await store.read.currentActuals([MEASURE, 'company/other'], '2026-02-01')).toEqual([restated]);
          expect(await store.read.currentActuals([MEASURE], '2026-01-01')).toEqual([
            revision({ period: january, value: '-0.5' }),
            restated,
          ]);
          expect((await store.models.explain(MEASURE, '2026-02')).revisions).toEqual([revision(), restated]);
        });

        it('refuses a revision number that is taken and changes nothing', async () => {
          await store.write((writer) => writer.appendActuals([revision()]));
          const clash = store.write((writer) =>
            writer.appendActuals([revision({ period: january }), revision({ value: '1' })]),
          );
          await expect(clash).rejects.toMatchObject({ code: 'STORE_REVISION_TAKEN', kind: 'transient' });
          expect(await store.read.currentActuals([MEASURE], '2026-01-01')).toEqual([revision()]);
        });

        it('lets one of two writers of the same revision win', async () => {
          const other = await openStore(place.location);
          const results = await Promise.allSettled(
            [store, other].map((each) => each.write((writer) => writer.appendActuals([revision()]))),
          );
          await other.close();
          expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
          expect(results.find((result) => result.status === 'rejected')).toMatchObject({
            reason: { code: 'STORE_REVISION_TAKEN', kind: 'transient' },
          });
        });

        it.each([
          ['12345678901234567890123456789012345678', null],
          [
            '-12345678901234567890123456.789012345678',
            /^-12345678901234567890123456\.789012345678$|^-1\.2345678901234568e\+?25$/,
          ],
          ['0.000000000000000000000000000000000001', /^0\.0+$|^1e-36$/],
          ['0.1', /^0\.10*$/],
          ['-7', /^-7(\.0+)?$/],
          ['9007199254740993', /^900719925474099[23](\.0+)?$/],
        ])('gives %s back exactly, with a number beside it', async (value, number) => {
          await store.write((writer) => writer.appendActuals([revision({ value })]));
          await store.write((writer) => writer.saveScores([score({ value, score: value, unclamped: value })]));
          expect(await store.read.currentActuals([MEASURE], '2026-01-01')).toMatchObject([{ value }]);
          expect(await store.read.currentScores([MEASURE], '2026-01-01')).toMatchObject([
            { value, score: value, unclamped: value },
          ]);
          const stored = await raw('actual').first('actual.value_number');
          if (number !== null) expect(String(stored.value_number)).toMatch(number);
          else if (place.location.client === 'mysql') expect(stored.value_number).toBeNull();
          else expect(stored.value_number).toBe(1.2345678901234568e37);
        });

        it('stores 1,200 revisions in one go and finds them over a long list of measures', async () => {
          const many = Array.from({ length: 1_200 }, (_, index) =>
            revision({ measure: `company/m-${index}`, value: `${index}` }),
          );
          await store.write((writer) => writer.appendActuals(many));
          const found = await store.read.currentActuals(
            many.map((each) => each.measure),
            '2026-01-01',
          );
          expect(new Set(found.map((each) => each.value)).size).toBe(1_200);
        });

        it('keeps progress per measure and replaces it', async () => {
          const progress = {
            measure: MEASURE,
            valueDigest: 'v1',
            collectedFrom: '2024-01-01',
            collectedTo: '2026-03-01',
            runId: 'finance@2026-03-01T06:00:00Z',
          };
          await store.write((writer) => writer.saveProgress([progress]));
          await store.write((writer) => writer.saveProgress([{ ...progress, collectedTo: '2026-04-01' }]));
          expect(await store.read.progress([MEASURE, 'company/other'])).toEqual([
            { ...progress, collectedTo: '2026-04-01' },
          ]);
        });

        it('takes empty lists', async () => {
          const changed = await store.write(async (writer) => {
            await writer.appendActuals([]);
            await writer.saveProgress([]);
            await writer.enqueue([]);
            return writer.saveScores([]);
          });
          expect(changed).toBe(0);
          expect(await store.read.currentActuals([], '2026-01-01')).toEqual([]);
          expect(await store.read.alerts({ subjects: [] })).toEqual([]);
        });
      });

      describe('scores', () => {
        it('stores the same content once, whatever run computes it', async () => {
          const save = (record = score()) => store.write((writer) => writer.saveScores([record]));
          expect(await save()).toBe(1);
          expect(await save(score({ runId: 'other', scoredAt: '2026-03-09T00:00:00Z' }))).toBe(0);
          expect(await count('score')).toBe(1);
          expect(await store.read.currentScores([MEASURE], '2026-01-01')).toEqual([score()]);
        });

        it('moves the pointer back without a new row when an earlier content returns', async () => {
          const other = score({ inputsDigest: 'inputs-2', status: 'off_track', score: '0' });
          for (const [record, changed] of [
            [score(), 1],
            [other, 1],
            [score(), 1],
          ] as const) {
            expect(await store.write((writer) => writer.saveScores([record]))).toBe(changed);
          }
          expect(await count('score')).toBe(2);
          expect(await store.read.currentScores([MEASURE], '2026-01-01')).toEqual([score()]);
        });

        it('keeps states without a score apart from 0', async () => {
          const {
            score: _score,
            unclamped: _unclamped,
            value: _value,
            target: _target,
            oldestData: _oldest,
            ...bare
          } = score();
          const missing = { ...bare, status: 'missing', coverage: '0', reason: 'nothing since 2026-01' } as const;
          await store.write((writer) => writer.saveScores([missing]));
          expect(await store.read.currentScores([MEASURE], '2026-01-01')).toEqual([missing]);
        });

        it('keeps the label of a band, and points apart from what was possible', async () => {
          const rolledUp = score({ kind: 'scorecard', band: '4 stars', points: '104.9', possible: '100' });
          await store.write((writer) => writer.saveScores([rolledUp]));
          expect(await store.read.currentScores([MEASURE], '2026-01-01')).toEqual([rolledUp]);
          const [numbers] = await raw('score').select('score.points_number', 'score.possible_number');
          expect([Number(numbers.points_number), Number(numbers.possible_number)]).toEqual([104.9, 100]);
        });

        it('knows what was restated of late and has had more than one status by the rule of today', async () => {
          const on = (status: 'on_track' | 'off_track', value: string, change = {}) =>
            score({ status, value, inputsDigest: `${status} ${value} ${Object.values(change).join(' ')}`, ...change });
          const restated = (value: string, change = {}) =>
            revision({ revision: 2, reason: 'restated', recordedAt: '2026-03-06T00:00:00Z', value, ...change });
          await store.write(async (writer) => {
            await writer.openRun(opening({ runId: 'run-2', logicalTime: '2026-03-05T05:30:00Z' }));
            // Turned; and beside it: the same status, another rule, another target, corrected long ago, not corrected.
            await writer.appendActuals([revision(), restated('61', { runId: 'run-2' })]);
            await writer.saveScores([on('on_track', '87.5')]);
            await writer.saveScores([on('off_track', '61')]);
            for (const [measure, first, now] of [
              ['company/same', {}, { status: 'on_track' }],
              ['company/rule', { ruleVersion: 'rules-0' }, {}],
              ['company/target', { target: '50' }, {}],
              ['company/old', {}, {}],
            ] as const) {
              const recordedAt = measure === 'company/old' ? '2026-03-01T00:00:00Z' : '2026-03-06T00:00:00Z';
              await writer.appendActuals([revision({ measure }), restated('61', { measure, recordedAt })]);
              await writer.saveScores([on('on_track', '87.5', { node: measure, ...first })]);
              await writer.saveScores([on('off_track', '61', { node: measure, ...now })]);
            }
          });
          const found = await store.read.restatedPeriods('2026-03-02T00:00:00Z');
          expect(found).toEqual([
            {
              measure: MEASURE,
              period: february,
              revisions: [
                {
                  ...{ reason: 'first', value: revision().value, status: 'on_track' },
                  ...{ runId: revision().runId, recordedAt: revision().recordedAt },
                },
                {
                  ...{ reason: 'restated', value: '61', status: 'off_track', runId: 'run-2' },
                  ...{ logicalTime: '2026-03-05T05:30:00Z', recordedAt: '2026-03-06T00:00:00Z' },
                },
              ],
            },
          ]);
        });

        it('gives all contents of periods that have had more than one with a status, and which is the current one', async () => {
          const first = score({ inputsDigest: 'a', status: 'on_track', scoredAt: '2026-03-05T05:31:00Z' });
          const second = score({ inputsDigest: 'b', status: 'off_track', target: '90', runId: 'sweep@x' });
          const { score: _score, ...late } = score({ inputsDigest: 'c', status: 'late' });
          await store.write(async (writer) => {
            await writer.openRun(opening());
            await writer.saveScores([late]);
            await writer.saveScores([first, score({ period: march }), score({ period: january, inputsDigest: 'x' })]);
            await writer.saveScores([second, score({ period: january, inputsDigest: 'y' })]);
          });
          const { period, ruleVersion, value, target } = first;
          expect(await store.read.judgedContents([MEASURE, 'company'], january.end)).toEqual([
            {
              ...{ node: MEASURE, period, ruleVersion, value, target, status: 'on_track', isCurrent: false },
              ...{ runId: first.runId, logicalTime: opening().logicalTime, scoredAt: first.scoredAt },
            },
            {
              ...{ node: MEASURE, period, ruleVersion, value, target: '90', status: 'off_track', isCurrent: true },
              ...{ runId: 'sweep@x', scoredAt: second.scoredAt },
            },
          ]);
        });

        it('gives scores of periods that end after a day', async () => {
          await store.write((writer) =>
            writer.saveScores([score({ period: march }), score({ period: january }), score()]),
          );
          const found = await store.read.currentScores([MEASURE], january.end);
          expect(found.map((each) => each.period)).toEqual([february, march]);
        });
      });

      describe('notes', () => {
        it('keeps all that was written, and shows the last of each node and period', async () => {
          const note = (text: string, change: Partial<NoteRecord> = {}): NoteRecord => ({
            ...{ node: MEASURE, periodId: '2026-02', text, author: 'amara', writtenAt: '2026-03-05T06:00:00Z' },
            ...change,
          });
          const [first, second] = [
            note('Two were new.'),
            note('Three were "new"; 5 %.\nSee §2 – 😀', { author: 'kim' }),
          ];
          const others = [note('for March', { periodId: '2026-03' }), note('of the whole', { node: 'company' })];
          await store.write(async (writer) => {
            for (const each of [first, ...others]) await writer.addNote(each);
          });
          await store.write((writer) => writer.addNote(second));
          expect(await store.models.notesOf(MEASURE, '2026-02')).toEqual([first, second]);
          expect(await store.read.notes([MEASURE])).toEqual([second, others[0]]);
          expect(await store.read.notes(['company', 'nobody'])).toEqual([others[1]]);
        });
      });

      describe('alerts', () => {
        it('follows an alert from opening to reopening', async () => {
          await store.write((writer) => writer.saveAlertEvents([alertEvent(0)], 'run-1'));
          expect(await store.read.alerts({ state: 'open' })).toEqual([
            { ...condition(), state: 'open', openedAt: '2026-03-01T06:00:00Z', events: 1 },
          ]);
          await store.write((writer) => writer.saveAlertEvents([alertEvent(1)], 'run-2'));
          expect(await store.read.alerts({ state: 'open' })).toEqual([]);
          expect(await store.read.alerts({})).toMatchObject([
            { state: 'resolved', openedAt: '2026-03-01T06:00:00Z', resolvedAt: '2026-03-02T06:00:00Z', events: 2 },
          ]);
          await store.write((writer) => writer.saveAlertEvents([alertEvent(2)], 'run-3'));
          const subjects = [condition().subject];
          expect(await store.read.alerts({ subjects })).toEqual([
            { ...condition(), state: 'open', openedAt: '2026-03-03T06:00:00Z', events: 3 },
          ]);
        });

        it('keeps who was told, and what reminders and escalations count from', async () => {
          const events = [
            alertEvent(0, { transition: 'opened', told: ['amara'] }),
            alertEvent(1, { transition: 'snoozed', author: 'amara', until: '2026-03-03T06:00:00Z', told: [] }),
            alertEvent(2, { transition: 'woken', told: ['amara'] }),
            alertEvent(3, { transition: 'escalated', told: ['lena'], step: 2 }),
            alertEvent(4, { transition: 'reminded', told: ['amara'] }),
          ];
          await store.write((writer) => writer.saveAlertEvents(events, 'run-1'));
          expect(await store.read.alerts({})).toEqual([
            {
              ...condition(),
              ...{ state: 'open', openedAt: '2026-03-01T06:00:00Z', events: 5, told: ['amara', 'lena'] },
              ...{ unhandledSince: '2026-03-03T06:00:00Z', escalations: 2 },
              ...{ reminders: 1, remindedAt: '2026-03-05T06:00:00Z' },
            },
          ]);
          const history = (await store.models.alert(condition()))?.history ?? [];
          expect(history.map(({ told, step }) => [told, step])).toEqual(
            events.map((event) => [event.told, event.step]),
          );
        });

        it('keeps what people did, with author, reason and the times that go with it', async () => {
          const by = { author: 'amara', reason: 'the plant is shut' };
          const until = '2026-03-09T08:00:00Z';
          const events = [
            alertEvent(0, { transition: 'held_back' }),
            alertEvent(1, { transition: 'opened' }),
            alertEvent(2, { transition: 'snoozed', ...by, until }),
            alertEvent(3, { transition: 'eased' }),
            alertEvent(4, { transition: 'resolved', ...by, dismissedThrough: '2026-03-01' }),
          ];
          const after = async (event: (typeof events)[number]) => {
            await store.write((writer) => writer.saveAlertEvents([event], 'run-1'));
            return store.read.alerts({});
          };
          const states = [];
          for (const event of events) states.push(...(await after(event)));
          const opened = { ...condition(), openedAt: '2026-03-02T06:00:00Z' };
          expect(states).toEqual([
            { ...opened, state: 'pending', openedAt: '2026-03-01T06:00:00Z', events: 1 },
            { ...opened, state: 'open', events: 2 },
            { ...opened, state: 'snoozed', events: 3, snoozedUntil: until, handledBy: 'amara' },
            {
              ...{ ...opened, state: 'snoozed', events: 4, snoozedUntil: until, handledBy: 'amara' },
              easedAt: '2026-03-04T06:00:00Z',
            },
            {
              ...{ ...opened, state: 'resolved', events: 5, resolvedAt: '2026-03-05T06:00:00Z', handledBy: 'amara' },
              dismissedThrough: '2026-03-01',
            },
          ]);
          const [entry] = await store.models.alertHistory(1);
          expect(entry?.history).toEqual(events.map((event) => ({ ...event, runId: 'run-1' })));
        });

        it('has those in the view that people know of and that are not over, with the name of who took them over', async () => {
          const people = [{ person: 'amara', name: 'Amara Osei' }];
          const of = (period: string) => condition({ period });
          await store.write(async (writer) => {
            await writer.saveConfigRevision('rev-1', '{}', '2026-03-01T00:00:00Z', [], people);
            await writer.saveAlertEvents(
              [
                alertEvent(0, { condition: of('2026-01'), transition: 'held_back' }),
                alertEvent(0, { condition: of('2026-02') }),
                alertEvent(0, { condition: of('2026-03') }),
                alertEvent(1, { condition: of('2026-03'), transition: 'acknowledged', author: 'amara' }),
                alertEvent(0, { condition: of('2026-04') }),
                alertEvent(1, { condition: of('2026-04') }),
              ],
              'run-1',
            );
          });
          const open = await store.models.openAlerts();
          expect(open.map(({ period, state, handledByName }) => [period, state, handledByName])).toEqual([
            ['2026-02', 'open', undefined],
            ['2026-03', 'acknowledged', 'Amara Osei'],
          ]);
        });

        it('judges nothing by the time at which a person did something', async () => {
          await store.write((writer) =>
            writer.saveAlertEvents(
              [alertEvent(0), alertEvent(1, { transition: 'acknowledged', author: 'amara' })],
              'by-hand',
            ),
          );
          expect(await store.read.latestLogicalTime()).toBe('2026-03-01T06:00:00Z');
        });

        it('refuses an event that is not the next one of its alert', async () => {
          await store.write((writer) => writer.saveAlertEvents([alertEvent(0)], 'run-1'));
          for (const event of [alertEvent(0), alertEvent(2)]) {
            const clash = store.write((writer) => writer.saveAlertEvents([event], 'run-2'));
            await expect(clash).rejects.toMatchObject({ code: 'STORE_ALERT_SEQUENCE_TAKEN', kind: 'transient' });
          }
          expect(await count('alert_event')).toBe(1);
        });

        it('stores all events of many alerts in one go, or none of them', async () => {
          const subjects = Array.from({ length: 300 }, (_, index) => `measure/shops/s${index}/m'01`);
          const opened = subjects.map((subject) => alertEvent(0, { condition: condition({ subject }) }));
          const resolved = opened.map((event) => alertEvent(1, { condition: event.condition }));
          await store.write((writer) => writer.saveAlertEvents([...opened, ...resolved.slice(0, 100)], 'run-1'));
          expect(await store.read.alerts({ state: 'resolved', subjects })).toHaveLength(100);
          const again = store.write((writer) => writer.saveAlertEvents(resolved, 'run-2'));
          await expect(again).rejects.toMatchObject({
            code: 'STORE_ALERT_SEQUENCE_TAKEN',
            message: expect.stringContaining("measure/shops/s0/m'01"),
          });
          expect(await count('alert_event')).toBe(400);
          await store.write((writer) => writer.saveAlertEvents(resolved.slice(100), 'run-2'));
          expect(await store.read.alerts({ state: 'open' })).toEqual([]);
        });

        it('lets one of two writers of the same event win', async () => {
          const other = await openStore(place.location);
          const results = await Promise.allSettled(
            [store, other].map((each) => each.write((writer) => writer.saveAlertEvents([alertEvent(0)], 'run-1'))),
          );
          await other.close();
          expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
          expect(results.find((result) => result.status === 'rejected')).toMatchObject({
            reason: { code: 'STORE_ALERT_SEQUENCE_TAKEN' },
          });
        });

        it('shows open alerts with names, newest first, and the history of all', async () => {
          const source = condition({
            kind: 'source_failed',
            subject: 'connection/operations',
            owner: 'gone',
            period: '2026-03-05T05:30:00Z',
          });
          await store.write(async (writer) => {
            await writer.saveConfigRevision('rev-1', '{}', '2026-03-01T00:00:00Z', nodes, people);
            await writer.saveAlertEvents([alertEvent(0), alertEvent(1), alertEvent(2)], 'run-1');
            await writer.saveAlertEvents([alertEvent(0, { condition: source })], 'run-2');
            await writer.saveAlertEvents(
              [0, 1].map((sequence) => alertEvent(sequence, { condition: condition({ kind: 'late' }) })),
              'run-3',
            );
          });
          expect(await store.models.openAlerts()).toMatchObject([
            {
              kind: 'off_track',
              ownerName: 'Amara Osei',
              nodeName: 'Contract renewal rate',
              details: condition().details,
            },
            { kind: 'source_failed', ownerName: 'gone' },
          ]);
          const history = await store.models.alertHistory(2);
          expect(history.map((entry) => [entry.kind, entry.changedAt])).toEqual([
            ['off_track', '2026-03-03T06:00:00Z'],
            ['late', '2026-03-02T06:00:00Z'],
          ]);
          expect(history[0]?.nodeName).toBe('Contract renewal rate');
          expect(history[0]?.history).toEqual(
            [0, 1, 2].map((sequence) => ({ ...alertEvent(sequence), runId: 'run-1' })),
          );
        });
      });

      describe('outbox', () => {
        const noon = '2026-03-05T12:00:00Z';

        it('keeps one message of an id, and does not send it anew', async () => {
          await store.write((writer) => writer.enqueue([message('m-1'), message('m-1', { text: 'twice in one go' })]));
          await store.outbox.markSent('m-1', noon, '250 accepted');
          await store.write((writer) => writer.enqueue([message('m-1', { text: 'changed' })]));
          expect(await store.outbox.due(noon, 10)).toEqual([]);
          expect(await store.models.outboxRecords(10)).toEqual([
            {
              ...message('m-1'),
              state: 'sent',
              attempts: 1,
              nextAttemptAt: message('m-1').createdAt,
              detail: '250 accepted',
              sentAt: noon,
            },
          ]);
        });

        it('keeps what a message says for programs, and gives one without it without', async () => {
          const about = {
            kind: 'late',
            transition: 'opened',
            subject: { id: 'measure/company/sales', name: 'Umsatz – Größe 📈' },
            period: '2026-02',
            summary: 'Sales is late.',
            details: ['Target: 85'],
            reason: 'Due yesterday.',
            owner: 'amara',
            told: ['Amara Osei'],
            sequence: 0,
            at: '2026-03-05T06:00:00Z',
            site: 'Acme',
          };
          await store.write((writer) =>
            writer.enqueue([message('m-1', { about }), message('m-2', { threadId: 'another' })]),
          );
          const [first, second] = await store.outbox.due(noon, 10);
          expect(first?.about).toEqual(about);
          expect(second && 'about' in second).toBe(false);
        });

        it('gives due messages oldest first, and a put-off one only in its time', async () => {
          await store.write((writer) =>
            writer.enqueue([
              message('m-3', { threadId: 'three', createdAt: '2026-03-05T06:00:00.5Z' }),
              message('m-1', { threadId: 'one', createdAt: '2026-03-05T06:00:00Z' }),
              message('m-2', { threadId: 'two', createdAt: '2026-03-05T06:00:00Z' }),
              message('m-4', { threadId: 'four', createdAt: '2026-03-05T13:00:00Z' }),
            ]),
          );
          const due = async (now: string, limit = 10) =>
            (await store.outbox.due(now, limit)).map((each) => each.messageId);
          expect(await due(noon)).toEqual(['m-1', 'm-2', 'm-3']);
          expect(await due(noon, 2)).toEqual(['m-1', 'm-2']);
          await store.outbox.markRetry('m-1', '2026-03-05T12:00:00.001Z', '451 later');
          expect(await due(noon)).toEqual(['m-2', 'm-3']);
          expect(await due('2026-03-05T12:00:01Z')).toEqual(['m-1', 'm-2', 'm-3']);
          await store.outbox.markDead('m-2', noon, '550 unknown');
          expect(await due('2026-03-05T12:00:01Z')).toEqual(['m-1', 'm-3']);
        });

        it('keeps the order of a thread for each person and channel, and leaves channels alone that it is told', async () => {
          await store.write((writer) =>
            writer.enqueue([
              message('m-1'),
              message('m-2', { createdAt: '2026-03-05T06:00:00.5Z' }),
              message('m-0', { createdAt: '2026-03-05T07:00:00Z' }),
              message('m-3', { createdAt: '2026-03-05T07:00:00Z', recipientId: 'lena' }),
              message('m-4', { createdAt: '2026-03-05T07:00:00Z', channel: 'chat' }),
              message('m-5', { createdAt: '2026-03-05T07:00:00Z', threadId: 'another' }),
            ]),
          );
          const due = async (...except: readonly string[]) =>
            (await store.outbox.due(noon, 10, except)).map((each) => each.messageId);
          expect(await due()).toEqual(['m-1', 'm-3', 'm-4', 'm-5']);
          expect(await due('mail')).toEqual(['m-4']);
          expect(await due('mail', 'chat')).toEqual([]);
          await store.outbox.markRetry('m-1', '2026-03-05T13:00:00Z', '451 later');
          expect(await due()).toEqual(['m-3', 'm-4', 'm-5']);
          await store.outbox.markDead('m-1', noon, '550 unknown');
          expect(await due()).toEqual(['m-2', 'm-3', 'm-4', 'm-5']);
          await store.outbox.markSent('m-2', noon, 'accepted');
          expect(await due()).toEqual(['m-0', 'm-3', 'm-4', 'm-5']);
        });

        it('takes up again what was given up, and drops for good, but not what was sent', async () => {
          await store.write((writer) =>
            writer.enqueue(['m-1', 'm-2', 'm-3', 'm-4'].map((id) => message(id, { threadId: id }))),
          );
          await store.outbox.markSent('m-1', noon, 'accepted');
          await store.outbox.markDead('m-2', noon, '550 unknown');
          await store.outbox.markRetry('m-3', '2026-03-05T13:00:00Z', '451 later');
          const ids = async () =>
            (await store.outbox.undelivered()).map((each) => [each.messageId, each.state].join(' '));
          expect(await ids()).toEqual(['m-2 dead', 'm-3 pending', 'm-4 pending']);
          expect(await store.outbox.retry(['m-1', 'm-2', 'm-3', 'm-9'], noon)).toBe(2);
          const due = await store.outbox.due(noon, 10);
          expect(due.map((each) => [each.messageId, each.attempts])).toEqual([
            ['m-2', 0],
            ['m-3', 0],
            ['m-4', 0],
          ]);
          expect(await store.outbox.drop(['m-1', 'm-3', 'm-9'], 'dropped: server replaced')).toBe(1);
          expect(await ids()).toEqual(['m-2 pending', 'm-4 pending']);
          await store.outbox.markRetry('m-3', noon, 'time-out');
          expect(await store.models.outboxRecords(10)).toContainEqual(
            expect.objectContaining({ messageId: 'm-3', state: 'dropped', detail: 'dropped: server replaced' }),
          );
        });

        it('tells messages that were lost: given up, and nothing delivered to the same person over that channel since', async () => {
          const of = (id: string, more = {}) => message(id, { threadId: id, ...more });
          await store.write((writer) =>
            writer.enqueue([of('m-1'), of('m-2'), of('m-3', { recipientId: 'lena' }), of('m-4', { channel: 'chat' })]),
          );
          const lost = async () => (await store.read.lostMessages()).map((each) => [each.messageId, each.givenUpAt]);
          await store.outbox.markDead('m-3', noon, '550 unknown');
          await store.outbox.markDead('m-1', '2026-03-05T11:00:00Z', '550 unknown');
          await store.outbox.markSent('m-4', '2026-03-05T12:30:00Z', 'accepted');
          await store.write(async ({ outbox }) => outbox.markSent('m-2', '2026-03-05T10:59:59Z', 'accepted'));
          expect(await lost()).toEqual([
            ['m-1', '2026-03-05T11:00:00Z'],
            ['m-3', noon],
          ]);
          await store.write((writer) => writer.enqueue([of('m-5')]));
          await store.outbox.markSent('m-5', '2026-03-05T11:00:00.001Z', 'accepted');
          expect(await lost()).toEqual([['m-3', noon]]);
          await store.outbox.retry(['m-3'], noon);
          expect(await lost()).toEqual([]);
          await store.outbox.markDead('m-3', noon, '550 unknown');
          await store.outbox.drop(['m-3'], 'dropped: has left');
          expect(await lost()).toEqual([]);
        });

        it('leaves a sent message sent when a slower deliverer gives up on it', async () => {
          await store.write((writer) => writer.enqueue([message('m-1')]));
          await store.outbox.markSent('m-1', noon, 'accepted');
          await store.outbox.markRetry('m-1', noon, 'time-out');
          await store.outbox.markDead('m-1', noon, 'time-out');
          expect(await store.models.outboxRecords(1)).toMatchObject([
            { state: 'sent', detail: 'accepted', attempts: 1 },
          ]);
        });

        it('has a message wait until its reader may be told', async () => {
          const early = '2026-03-05T11:59:59Z';
          await store.write((writer) => writer.enqueue([message('m-1', { notBefore: noon, urgent: false })]));
          expect(await store.outbox.due(early, 10)).toEqual([]);
          const [due] = await store.outbox.due(noon, 10);
          expect(due).toMatchObject({ messageId: 'm-1', heldBy: 'hours' });
          if (due === undefined) return;
          await store.outbox.hold(due, '2026-03-05T13:00:00Z');
          // Whoever read it before that has it no more.
          await store.outbox.hold(due, '2026-03-05T12:30:00Z');
          expect(await store.outbox.due('2026-03-05T12:59:59Z', 10)).toEqual([]);
          expect(await store.outbox.heldInThread(due)).toMatchObject([{ messageId: 'm-1' }]);
        });

        it('counts what a person gets in an hour, though all deliverers ask at once', async () => {
          const ids = ['m-1', 'm-2', 'm-3', 'm-4', 'm-5', 'm-6'];
          await store.write((writer) =>
            writer.enqueue(ids.map((id, at) => message(id, { threadId: id, channel: at % 2 === 0 ? 'mail' : 'file' }))),
          );
          const until = '2026-03-05T12:02:00Z';
          const claims = async (now: string, most: number) =>
            Promise.all(
              (await store.outbox.due(now, 10)).map((due) =>
                store.outbox.claimWithin(due, until, { now, most, channels: ['mail', 'file'] }),
              ),
            );
          expect((await claims(noon, 4)).toSorted()).toEqual([
            'claimed',
            'claimed',
            'claimed',
            'claimed',
            'held',
            'held',
          ]);
          expect(await store.outbox.due('2026-03-05T12:01:59Z', 10)).toEqual([]);
          const held = (await store.models.outboxRecords(10)).filter(({ heldBy }) => heldBy === 'maximum');
          expect(held.map(({ nextAttemptAt }) => nextAttemptAt)).toEqual(Array(2).fill('2026-03-05T13:00:00Z'));
        });

        it('puts one message in the place of all that were too many, and of what waits behind them', async () => {
          const [first, ...others] = [
            message('m-1', { threadId: 'a' }),
            message('m-2', { threadId: 'b' }),
            message('m-3', { threadId: 'c' }),
            message('m-4', { threadId: 'c', createdAt: '2026-03-05T07:00:00Z' }),
            message('m-5', { threadId: 'd', recipientId: 'lena' }),
          ];
          if (first === undefined) return;
          await store.write((writer) => writer.enqueue([first, ...others]));
          const maximum = { most: 1, channels: ['mail'] };
          for (const due of await store.outbox.due(noon, 10)) {
            await store.outbox.claimWithin(due, '2026-03-05T12:02:00Z', { now: noon, ...maximum });
          }
          await store.outbox.markSent('m-1', noon, 'accepted');
          const later = '2026-03-05T13:00:00Z';
          const until = '2026-03-05T13:02:00Z';
          const due = (await store.outbox.due(later, 10)).find(({ messageId }) => messageId === 'm-2');
          if (due === undefined) throw new Error('it is not due again');
          expect(await store.outbox.claimWithin(due, until, { now: later, ...maximum })).toBe('claimed');
          const named: string[] = [];
          const summary = await store.outbox.summarise(due, until, later, (messages) => {
            named.push(...messages.map(({ messageId }) => messageId));
            return message('s-1', { threadId: 's-1', createdAt: later });
          });
          expect(named).toEqual(['m-2', 'm-3', 'm-4']);
          expect(summary).toMatchObject({ messageId: 's-1', state: 'pending', nextAttemptAt: until });
          await store.outbox.markSent('s-1', later, 'accepted');
          const states = (await store.models.outboxRecords(10)).map(({ messageId, state, summaryId }) =>
            [messageId, state, ...(summaryId === undefined ? [] : [summaryId])].join(' '),
          );
          expect(states.toSorted()).toEqual([
            ...[
              'm-1 sent',
              'm-2 summarised s-1',
              'm-3 summarised s-1',
              'm-4 summarised s-1',
              'm-5 pending',
              's-1 sent',
            ],
          ]);
        });

        describe('messages of one cause', () => {
          const of = (id: string, more: object = {}) =>
            message(id, { threadId: `t-${id}`, cause: 'late file', ...more });
          const telling = (messageId: string, now = noon) => ({
            ...{ messageId, now, until: '2026-03-05T12:02:00Z' },
            isRoom: false,
            stale: { of: () => [], detail: 'over' },
            compose: (messages: readonly { messageId: string }[], count: number) => ({
              ...message('', { threadId: 'joint', createdAt: now }),
              subject: `${count}: ${messages.map((each) => each.messageId).join(' ')}`,
            }),
          });
          const claim = async (id: string) => {
            const due = (await store.outbox.due(noon, 10)).find(({ messageId }) => messageId === id);
            if (due === undefined) throw new Error(`${id} is not due`);
            expect(await store.outbox.claim(due, '2026-03-05T12:02:00Z')).toBe(true);
            return due;
          };
          const states = async () =>
            (await store.models.outboxRecords(20)).map(({ messageId, state }) => `${messageId} ${state}`).toSorted();

          it('become one: those that are due to the same reader over the same channel and were never tried', async () => {
            const others = [
              of('x-1', { cause: 'another' }),
              of('x-2', { channel: 'chat' }),
              of('x-3', { recipientId: 'lena' }),
            ];
            const later = of('x-4', { notBefore: '2026-03-05T13:00:00Z' });
            const behind = of('x-5', { threadId: 't-x-4', createdAt: '2026-03-05T06:00:01Z' });
            await store.write((writer) => writer.enqueue([of('m-1'), of('m-2'), of('m-3'), ...others, later, behind]));
            await store.outbox.markRetry('m-3', noon, 'too busy');
            const joint = await store.outbox.tellTogether(await claim('m-1'), telling('j-1'));
            expect(joint).toMatchObject({
              messageId: 'j-1',
              subject: '2: m-1 m-2',
              nextAttemptAt: '2026-03-05T12:02:00Z',
            });
            expect(await states()).toEqual(
              ['j-1 pending', 'm-1 summarised', 'm-2 summarised', 'm-3 pending', 'x-5 pending']
                .concat(['x-1', 'x-2', 'x-3', 'x-4'].map((id) => `${id} pending`))
                .toSorted(),
            );
          });

          it('become one for a room, whoever of it each was for', async () => {
            await store.write((writer) => writer.enqueue([of('m-1'), of('m-2', { recipientId: 'lena' })]));
            const joint = await store.outbox.tellTogether(await claim('m-1'), { ...telling('j-1'), isRoom: true });
            expect(joint?.subject).toBe('2: m-1 m-2');
          });

          it('hold up what follows in their threads until the one is settled', async () => {
            const next = of('m-3', { threadId: 't-m-2', createdAt: '2026-03-05T12:00:01Z', cause: 'over' });
            await store.write((writer) => writer.enqueue([of('m-1'), of('m-2')]));
            await store.outbox.tellTogether(await claim('m-1'), telling('j-1'));
            await store.write((writer) => writer.enqueue([next]));
            const due = async () =>
              (await store.outbox.due('2026-03-05T12:01:00Z', 10)).map(({ messageId }) => messageId);
            expect(await due()).toEqual([]);
            await store.outbox.markSent('j-1', noon, 'accepted');
            expect(await due()).toEqual(['m-3']);
          });

          it('hold it up too where that one is told in a summary itself', async () => {
            const behind = of('m-3', { threadId: 't-m-2', createdAt: '2026-03-05T12:00:01Z', cause: 'over' });
            await store.write((writer) => writer.enqueue([of('m-1'), of('m-2')]));
            await store.outbox.tellTogether(await claim('m-1'), telling('j-1'));
            await store.outbox.markRetry('j-1', '2026-03-05T12:03:00Z', 'too busy');
            const take = async (id: string, now: string, until: string) => {
              const due = (await store.outbox.due(now, 10)).find(({ messageId }) => messageId === id);
              if (due === undefined) throw new Error(`${id} is not due`);
              return store.outbox.claimWithin(due, until, { now, most: 1, channels: ['mail'] });
            };
            await store.write((writer) => writer.enqueue([of('x-1', { cause: 'another' })]));
            expect(await take('x-1', '2026-03-05T12:02:30Z', noon)).toBe('claimed');
            await store.outbox.markSent('x-1', '2026-03-05T12:02:30Z', 'accepted');
            await store.write((writer) => writer.enqueue([of('x-2', { cause: 'another' }), behind]));
            for (const id of ['j-1', 'x-2']) expect(await take(id, '2026-03-05T12:03:00Z', noon)).toBe('held');
            const [later, until] = ['2026-03-05T13:03:00Z', '2026-03-05T13:05:00Z'];
            expect(await take('j-1', later, until)).toBe('claimed');
            const joint = { messageId: 'j-1', channel: 'mail', recipientId: 'amara' };
            await store.outbox.summarise(joint, until, later, () => message('s-1', { threadId: 's-1' }));
            const due = async () => (await store.outbox.due(later, 10)).map(({ messageId }) => messageId);
            expect(await due()).toEqual([]);
            await store.outbox.markSent('s-1', later, 'accepted');
            expect(await due()).toEqual(['m-3']);
          });

          it('stay as they are where there is one only, or it was tried before', async () => {
            await store.write((writer) => writer.enqueue([of('m-1')]));
            const alone = await claim('m-1');
            expect(await store.outbox.tellTogether(alone, telling('j-1'))).toBeUndefined();
            await store.outbox.markRetry('m-1', noon, 'too busy');
            await store.write((writer) => writer.enqueue([of('m-2')]));
            expect(await store.outbox.tellTogether(await claim('m-1'), telling('j-1'))).toBeUndefined();
            expect(await states()).toEqual(['m-1 pending', 'm-2 pending']);
          });

          it('leave those out that are stale, and drop them', async () => {
            const held = { createdAt: '2026-03-04T20:00:00Z', notBefore: '2026-03-05T07:00:00Z' };
            const messages = ['m-1', 'm-2', 'm-3'].map((id) => of(id, held));
            await store.write((writer) => writer.enqueue(messages));
            const stale = {
              of: (thread: readonly { messageId: string }[]) =>
                thread.flatMap(({ messageId }) => (messageId === 'm-2' ? [messageId] : [])),
              detail: 'over by then',
            };
            const joint = await store.outbox.tellTogether(await claim('m-1'), { ...telling('j-1'), stale });
            expect(joint?.subject).toBe('2: m-1 m-3');
            expect(await states()).toEqual(['j-1 pending', 'm-1 summarised', 'm-2 dropped', 'm-3 summarised']);
          });
        });

        it('refuses to mark a message it does not know', async () => {
          const expected = { code: 'BUG_UNKNOWN_MESSAGE', message: expect.stringContaining('"m-9"') };
          await expect(store.outbox.markSent('m-9', noon, '')).rejects.toMatchObject(expected);
          await expect(store.outbox.markRetry('m-9', noon, '')).rejects.toMatchObject(expected);
          await expect(store.outbox.markDead('m-9', noon, '')).rejects.toMatchObject(expected);
        });
      });

      describe('digests', () => {
        it('keeps the last one of each person', async () => {
          expect(await store.read.lastDigests()).toEqual(new Map());
          await store.write(async (writer) => {
            await writer.saveDigests([
              { person: 'kim', at: '2026-11-08T06:30:00Z' },
              { person: 'lena', at: '2026-11-08T06:30:00Z' },
            ]);
          });
          const told = {
            person: 'kim',
            at: '2026-11-09T06:30:00Z',
            last: { at: '2026-11-08T07:00:00Z', standing: ['off_track "é"'] },
          };
          await store.write(async (writer) => writer.saveDigests([told]));
          expect(await store.read.lastDigests()).toEqual(
            new Map<string, DigestRecord>([
              ['kim', told],
              ['lena', { person: 'lena', at: '2026-11-08T06:30:00Z' }],
            ]),
          );
        });

        it('keeps none when the rest of its transaction fails', async () => {
          const failing = store.write(async (writer) => {
            await writer.saveDigests([{ person: 'kim', at: '2026-11-09T06:30:00Z' }]);
            throw new Error('the message was not written');
          });
          await expect(failing).rejects.toThrow('the message was not written');
          expect(await store.read.lastDigests()).toEqual(new Map());
        });
      });

      describe('requests of values', () => {
        const request = (day: string, periodId = '2026-03') => ({
          ...{ measure: 'company/nps', periodId, day, person: 'kim' },
          requestedAt: `${day}T06:30:00Z`,
        });

        it('keeps each of a period and day, and gives those from a day on', async () => {
          await store.write((writer) =>
            writer.addValueRequests([request('2026-04-03'), request('2026-03-26'), request('2026-04-03', '2026-02')]),
          );
          expect(await store.read.valueRequests('2026-03-27')).toEqual([
            request('2026-04-03', '2026-02'),
            request('2026-04-03'),
          ]);
          expect(await store.read.valueRequests('2026-03-26')).toHaveLength(3);
        });

        it('refuses a second one of the same day, which has to look again', async () => {
          await store.write((writer) => writer.addValueRequests([request('2026-04-03')]));
          const again = store.write((writer) => writer.addValueRequests([request('2026-04-03')]));
          await expect(again).rejects.toMatchObject({ kind: 'transient' });
        });
      });

      describe('read models', () => {
        const apply = () =>
          store.write((writer) => writer.saveConfigRevision('rev-1', '{}', '2026-03-01T00:00:00Z', nodes, people));

        it('lists every node in display order, also one that was never scored', async () => {
          await apply();
          await store.write((writer) => writer.saveScores([score()]));
          expect(await store.models.scorecardTable()).toEqual([
            {
              node: 'company',
              kind: 'scorecard',
              name: 'Company scorecard',
              ownerId: 'lena',
              ownerName: 'Lena Brandt',
              weight: '1',
              position: 0,
            },
            {
              node: MEASURE,
              kind: 'measure',
              name: 'Contract renewal rate',
              parent: 'company',
              ownerId: 'amara',
              ownerName: 'Amara Osei',
              weight: '2.5',
              position: 1,
              unit: 'percent',
              direction: 'higher-is-better',
              frequency: 'monthly',
              decimals: 1,
              periodId: '2026-02',
              periodStart: '2026-02-01',
              periodEnd: '2026-03-01',
              status: 'on_track',
              score: '1',
              value: '87.5',
              target: '85',
              coverage: '1',
              oldestData: '2026-02-28',
              scoredAt: '2026-03-05T05:31:05Z',
              runId: opening().runId,
            },
          ]);
        });

        it('shows the band and the points of a score beside its status, and the children it is made without', async () => {
          await apply();
          const leftOut = { children: [{ node: 'a/b' }, { node: 'a/c', tooOld: '2026-01' }], more: 3 };
          const shownScore = score({ band: '5 stars', points: '9', possible: '10', leftOut });
          await store.write((writer) => writer.saveScores([shownScore]));
          expect(await store.read.currentScores([MEASURE], '2026-01-01')).toEqual([shownScore]);
          const [, measure] = await store.models.scorecardTable();
          expect(measure).toMatchObject({ status: 'on_track', band: '5 stars', points: '9', possible: '10', leftOut });
          const [shown] = await raw('v_scorecard_current').where({ node: MEASURE }).select('band', 'points_number');
          expect([shown.band, Number(shown.points_number)]).toEqual(['5 stars', 9]);
        });

        it('shows the newest period that says something, and not_due only where there is nothing else', async () => {
          await apply();
          const standing = async () => (await store.models.scorecardTable())[1];
          const notDue = score({ period: march, status: 'not_due', inputsDigest: 'n' });
          await store.write((writer) => writer.saveScores([notDue]));
          expect(await standing()).toMatchObject({ periodId: '2026-03', status: 'not_due' });
          await store.write((writer) =>
            writer.saveScores([score({ period: january }), score({ status: 'late', inputsDigest: 'l' })]),
          );
          expect(await standing()).toMatchObject({ periodId: '2026-02', status: 'late' });
        });

        it('shows the period before one in which nothing is expected', async () => {
          await apply();
          const closed = score({ period: march, status: 'not_expected', inputsDigest: 'n' });
          await store.write((writer) => writer.saveScores([closed, score({ status: 'late', inputsDigest: 'l' })]));
          const [, shown] = await store.models.scorecardTable();
          expect(shown).toMatchObject({ periodId: '2026-02', status: 'late' });
          expect((await store.models.explain(MEASURE)).period?.id).toBe('2026-02');
        });

        it('shows a measure in its present frequency, though a period of an earlier one ends on the same day', async () => {
          await apply();
          const quarter = { id: '2026-Q1', frequency: 'quarterly', start: '2026-01-01', end: '2026-04-01' } as const;
          await store.write((writer) =>
            writer.saveScores([score({ period: march }), score({ period: quarter, scoredAt: '2026-04-02T00:00:00Z' })]),
          );
          const rows = await store.models.scorecardTable();
          expect(rows.map((row) => [row.node, row.periodId])).toEqual([
            ['company', undefined],
            [MEASURE, '2026-03'],
          ]);
          expect((await store.models.explain(MEASURE)).period).toEqual(march);
        });

        it('lists runs newest first with their balances', async () => {
          await store.write(async (writer) => {
            await writer.openRun(opening());
            await writer.openRun(opening({ runId: 'next', logicalTime: '2026-03-06T05:30:00Z' }));
            await writer.savePull(okPull(), []);
          });
          expect(await store.models.latestRuns(5)).toMatchObject([
            { runId: 'next', pulls: [] },
            { runId: opening().runId, pulls: [okPull()] },
          ]);
          expect(await store.models.latestRuns(1)).toHaveLength(1);
        });

        it('lists rejects of the newest pulls first, by run or extract where asked', async () => {
          await store.write(async (writer) => {
            await writer.openRun(opening());
            await writer.openRun(opening({ runId: 'next', logicalTime: '2026-03-06T05:30:00Z' }));
            await writer.savePull(okPull(), [reject(0), reject(1)]);
            await writer.savePull(okPull({ extract: 'invoices' }), [reject(0)]);
            const { column: _column, date: _date, ...wholeRecord } = reject(7);
            await writer.savePull(okPull({ runId: 'next' }), [wholeRecord]);
          });
          const list = async (filter: { runId?: string; extract?: string; limit: number }) =>
            (await store.models.rejectsOf(filter)).map((each) => [each.runId === 'next', each.extract, each.ordinal]);
          expect(await list({ limit: 10 })).toEqual([
            [true, 'contracts', 7],
            [false, 'contracts', 0],
            [false, 'contracts', 1],
            [false, 'invoices', 0],
          ]);
          expect(await list({ limit: 2 })).toHaveLength(2);
          expect(await list({ extract: 'invoices', limit: 10 })).toEqual([[false, 'invoices', 0]]);
          expect(await list({ runId: 'next', limit: 10 })).toEqual([[true, 'contracts', 7]]);
          const [newest] = await store.models.rejectsOf({ limit: 1 });
          expect(newest).toMatchObject({ locator: 'contracts.csv:9', logicalTime: '2026-03-06T05:30:00Z' });
          expect(newest).not.toHaveProperty('column');
        });

        it('explains a value by its revisions, its pull and the rejects that concern it', async () => {
          await apply();
          const later = { runId: 'next', at: '2026-03-06T05:31:00Z' };
          const { date: _date, ...undated } = reject(30);
          await store.write(async (writer) => {
            await writer.openRun(opening());
            await writer.openRun(opening({ runId: 'next', logicalTime: '2026-03-06T05:30:00Z' }));
            const dated = Array.from({ length: 22 }, (_, index) => reject(index));
            await writer.savePull(okPull(), [...dated, reject(29, { date: '2026-03-01' }), undated]);
            await writer.savePull(okPull(later), []);
            await writer.appendActuals([revision()]);
            await writer.saveScores([score(), score({ period: march, status: 'not_due', inputsDigest: 'n' })]);
          });
          const explanation = await store.models.explain(MEASURE);
          expect(explanation).toMatchObject({
            measure: MEASURE,
            dimension: nodes[1],
            period: february,
            revisions: [revision()],
            pull: { ...okPull(), logicalTime: opening().logicalTime },
            score: score(),
            latestPull: { ...okPull(later), logicalTime: '2026-03-06T05:30:00Z' },
          });
          expect(explanation.rejects.total).toBe(23);
          expect(explanation.rejects.shown).toHaveLength(20);
          expect((await store.models.explain(MEASURE, '2026-03')).revisions).toEqual([]);
        });

        it('explains a measure without any value by the latest pull of its extract', async () => {
          await apply();
          const { score: _score, value: _value, unclamped: _unclamped, ...missing } = score({ status: 'missing' });
          await store.write(async (writer) => {
            await writer.openRun(opening());
            await writer.savePull(okPull(), [reject(0)]);
            await writer.saveScores([missing]);
          });
          const explanation = await store.models.explain(MEASURE);
          expect(explanation).toMatchObject({
            period: february,
            revisions: [],
            latestPull: okPull(),
            rejects: { total: 1 },
          });
          expect(explanation).not.toHaveProperty('pull');
          expect(await store.models.explain('company/unheard-of')).toEqual({
            measure: 'company/unheard-of',
            revisions: [],
            rejects: { shown: [], total: 0 },
            known: { newest: [], count: 0 },
          });
        });

        it('tells in which periods a measure has a value, and any other node a score, the newest first', async () => {
          await apply();
          const months = [january, february, march];
          const { value: _value, ...taken } = revision({ period: march, revision: 2, reason: 'restated' });
          await store.write(async (writer) => {
            await writer.openRun(opening());
            await writer.appendActuals(months.map((period) => revision({ period })));
            await writer.appendActuals([taken]);
            await writer.saveScores([score(), ...months.map((period) => score({ node: 'company', period }))]);
          });
          expect((await store.models.explain(MEASURE)).known).toEqual({ newest: ['2026-02', '2026-01'], count: 2 });
          expect((await store.models.explain('company')).known).toEqual({
            newest: ['2026-03', '2026-02', '2026-01'],
            count: 3,
          });
        });
      });
    });
  });
}

function noValue(measure: string): NoValueRecord {
  const { period, runId, recordedAt } = revision();
  return { measure, period, reason: 'zero_denominator', numerator: '-0.5', runId, recordedAt };
}

function rejects(count: number) {
  return Array.from({ length: count }, (_, index) => reject(index));
}
