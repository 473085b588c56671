import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Extract, ResolvedConfig } from '#src/config/types.js';
import { createAggregator } from '#src/domain/measure/aggregator.js';
import type { CollectedMeasure } from '#src/domain/measure/types.js';
import { parsePeriodId } from '#src/domain/period/period.js';
import type { Period } from '#src/domain/period/types.js';
import { scorePeriod } from '#src/domain/score/score-period.js';
import { type GeneratedSources, generateSources, laterFile } from '../../demo/company/generate-sources.js';
import { type SheetsStandIn, startSheetsStandIn } from '../../demo/sheets-stand-in.js';
import { collected } from '../support/collected-measure.js';
import { exampleConfig } from './example-config.js';
import { type ReadExtract, readExtract } from './read-extract.js';

// The example configuration over the generated sources, through the real connectors, grammars, aggregation and scoring; only the
// store and the runs between them are left out.

const TODAY = '2026-11-23';
let folder: string;
let config: ResolvedConfig;
let sources: GeneratedSources;
let sheets: SheetsStandIn;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-demo-'));
  config = await exampleConfig();
  sources = await generateSources({ folder: join(folder, 'sources'), today: TODAY });
  sheets = await startSheetsStandIn(sources.folder, sources.spreadsheets);
});

afterAll(async () => {
  await sheets.close();
  await rm(folder, { recursive: true, force: true });
});

/** The sources folder lies beside the (absent) configuration folder, as the example's relative paths have it. */
function read(extract: Extract): Promise<ReadExtract> {
  return readExtract(config, extract, join(folder, 'config'));
}

function statusIn(measure: CollectedMeasure, { observations }: ReadExtract, period: Period): string {
  const extract = config.extracts.find(({ id }) => id === measure.extract);
  const aggregator = createAggregator(
    measure.aggregation,
    measure.scale,
    measure.emptyMeansZero,
    extract?.columns ?? [],
  );
  for (const observation of observations) {
    if (observation.date >= period.start && observation.date < period.end) aggregator.add(observation);
  }
  return scorePeriod({ measure, period, value: aggregator.result().value, freshness: 'reported' }).status;
}

describe('the example configuration over the generated sources', () => {
  it('rejects the promised rows and no other', async () => {
    for (const extract of config.extracts) {
      const { observations, rejects } = await read(extract);
      const found = rejects.map(({ locator, rule }) => `${locator} ${rule}`).sort();
      const promised = sources.rejects.filter((reject) => reject.extract === extract.id);
      expect(found, extract.id).toEqual(promised.map(({ locator, rule }) => `${locator} ${rule}`).sort());
      expect(observations.length, extract.id).toBeGreaterThan(50);
    }
  });

  it('gives each measure the promised status', async () => {
    const known = new Map<string, ReadExtract>();
    for (const { measure: address, period: id, status } of sources.expectations) {
      if (status === 'late' || status === 'missing') continue;
      const measure = collected(config.measures.find((each) => each.address === address));
      const extract = config.extracts.find((each) => each.id === measure.extract);
      if (extract === undefined) throw new Error(`no measure ${address}`);
      const rows = known.get(extract.id) ?? (await read(extract));
      known.set(extract.id, rows);
      expect(statusIn(measure, rows, parsePeriodId(id)), `${address} ${id}`).toBe(status);
    }
  });

  it('restates the corrected month after the later file', async () => {
    const measure = collected(config.measures.find(({ id }) => id === 'profit-margin'));
    const extract = config.extracts.find(({ id }) => id === 'results');
    if (extract === undefined) throw new Error('no profit margin');
    const before = await read(extract);
    const correction = await laterFile({ folder: join(folder, 'sources'), today: TODAY });
    const after = await read(extract);
    const period = parsePeriodId(correction.period);
    expect([statusIn(measure, before, period), statusIn(measure, after, period)]).toEqual([
      correction.before,
      correction.after,
    ]);
    expect(after.observations).toHaveLength(before.observations.length);
  });
});
