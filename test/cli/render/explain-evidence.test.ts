// What `explain` says of a pull beside its rows: repairs, notes, how far the source had come, and captures that were missed.
import { afterEach, describe, expect, it } from 'vitest';
import { missedCapturesOf } from '#src/activities/pull/missed-captures.js';
import { explainJson } from '#src/cli/render/explain-json.js';
import { explainText } from '#src/cli/render/explain-text.js';
import { explainedValue } from '#src/cli/render/explanation.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { inProcessRunner, inProcessSteps } from '#src/worker/in-process.js';
import { collectRun } from '#src/workflows/collect-run.js';
import { createFakeSite, type FakeSite, fakeExtract } from '../../support/fake-site.js';
import { extractsFile, measureOf, scorecardFile } from '../../support/small-site.js';

describe('explain', () => {
  let site: FakeSite;
  afterEach(() => site.dispose());

  const open = async (extract: string): Promise<void> => {
    site = await createFakeSite({
      'extracts/sales.yaml': extractsFile(extract),
      'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
    });
  };
  const nothingInForce = () => ({ ok: false, reason: 'none is in force' }) as const;
  const explained = async () => {
    const config = site.config();
    const [measure] = config.measures;
    if (measure === undefined) throw new Error('nothing to explain');
    const { store } = site.services;
    const found = await store.models.explain(measure.address);
    const missed = await missedCapturesOf(store.read, config, measure, site.clock);
    const nothing = { notes: [], asked: undefined, run: undefined, progress: undefined, seriesOf: nothingInForce };
    return explainedValue({ config, measure, found, now: site.clock, missed, ...nothing });
  };

  it('says what was mended, noted, and how far the source had come', async () => {
    await open(fakeExtract('sales'));
    site.system.streams.set('sales', {
      fields: ['day', 'amount'],
      rows: [['2026-03-02', '10']],
      repaired: { missing_cells: 1 },
      notes: ['a column "extra" is new'],
      watermark: { evidence: 'as_of_cell', value: '4 March', at: '2026-03-04' },
    });
    await site.collect('2026-03-05T05:30:00Z');
    const text = explainText(await explained(), 200);
    expect(text).toContain('Mended, as the extract allows: 1 (missing cells).');
    expect(text).toContain('Note: a column "extra" is new.');
    expect(text).toContain('By its "as of" cell, the source had come to 4 March, of 2026-03-04.');
    expect(text).not.toContain('Captures');
    expect(explainJson(await explained())).toMatchObject({
      pull: {
        repaired: { missing_cells: 1 },
        notes: ['a column "extra" is new'],
        watermark: { evidence: 'as_of_cell', value: '4 March' },
      },
      missedCaptures: [],
    });
  });

  it('shows a quarantined read beside the value that stays', async () => {
    await open(fakeExtract('sales'));
    const sales = (amount: string): void => {
      site.system.streams.set('sales', { fields: ['day', 'amount'], rows: [['2026-03-02', amount]] });
    };
    sales('10');
    await site.collect('2026-03-05T05:30:00Z');
    sales('ten');
    await site.collect('2026-03-06T05:30:00Z');
    const text = explainText(await explained(), 400);
    expect(text).toContain('The value is 10.0 EUR.');
    expect(text).toMatch(/The source now\n.*\n.*It failed: SOURCE_QUARANTINED, .*1 of 1 rows/);
    expect(text).toContain('1 row seen = 0 used + 1 rejected.');
  });

  it('says that a refused connection is left alone, until when and what ends it', async () => {
    await open(fakeExtract('sales').replace("{ every: day, at: '06:30' }", '{ every: hour, minute: 30 }'));
    site.system.streams.set('sales', { fields: ['day', 'amount'], rows: [['2026-03-02', '10']] });
    await site.collect('2026-03-05T05:30:00Z');
    site.system.onRead = () => {
      throw new PlumblineError('auth', 'SOURCE_AUTH_REFUSED', 'the password is wrong');
    };
    await site.collect('2026-03-05T06:30:00Z');
    const steps = inProcessSteps(site.services, new AbortController().signal);
    const group = site.config().pullGroups[0]?.id ?? '';
    const request = { group, configRevision: site.config().revision, logicalTime: '2026-03-05T07:30:00Z' };
    await collectRun(steps, inProcessRunner, { ...request, trigger: 'schedule' });
    const text = explainText(await explained(), 1_000);
    expect(text).toMatch(
      /The source now\n.*"sales" was not read for .* by run .*: SOURCE_PAUSED, .* until 2026-03-05T12:30:00Z.*the password is wrong\.\n {2}What to do: Mend the secret/,
    );
    expect(text).toContain('The value is 10.0 EUR.');
  });

  it('says which captures were missed, and which capture of a period stands', async () => {
    await open(fakeExtract('sales', '    snapshot: { takes: last }\n    columns: { amount: decimal }\n'));
    site.system.streams.set('sales', { fields: ['amount'], rows: [['10']] });
    await site.collect('2026-07-05T05:30:00Z');
    await site.collect('2026-10-05T05:30:00Z');
    const text = explainText(await explained(), 200);
    expect(text).toContain('they are of the day they are read, and the last capture of a period stands.');
    expect(text).toContain(
      'Captures\n  No capture was taken in 2026-08; it cannot be taken later.\n  No capture was taken in 2026-09; it cannot be taken later.',
    );
    expect(explainJson(await explained()).missedCaptures).toEqual(['2026-08', '2026-09']);
  });
});
