import { readdir, readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ResolvedConfig } from '#src/config/types.js';
import { DEMO_SEED } from '../../demo/company/generate-sources.js';
import { operationsTables } from '../../demo/company/operations-tables.js';
import { STANDING } from '../../demo/company/story.js';
import { collected } from '../support/collected-measure.js';
import { CONFIG_FOLDER, exampleConfig, readExample } from './example-config.js';

let config: ResolvedConfig;

beforeAll(async () => {
  config = await exampleConfig();
});

/** The things of a list by what they belong to. */
function countBy<T>(items: readonly T[], group: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(group(item), (counts.get(group(item)) ?? 0) + 1);
  return counts;
}

describe('the example configuration', () => {
  it('is read without any problem', async () => {
    expect((await readExample()).problems).toEqual([]);
  });

  it('begins each file with the schema that editors use', async () => {
    const names = (await readdir(CONFIG_FOLDER, { recursive: true })).filter((name) => name.endsWith('.yaml'));
    expect(names).toHaveLength(8);
    for (const name of names) {
      const [first] = (await readFile(`${CONFIG_FOLDER}${name}`, 'utf8')).split('\n');
      const schema = name.startsWith('scorecards/') ? 'scorecard' : name.replace(/[/.].*$/, '');
      const up = name.includes('/') ? '../../' : '../';
      expect(first, name).toBe(`# yaml-language-server: $schema=${up}schemas/${schema}.schema.json`);
    }
  });

  it('has twelve objectives, three in each perspective', () => {
    const [scorecard] = config.scorecards;
    expect(scorecard?.objectives).toHaveLength(12);
    const counts = countBy(scorecard?.objectives ?? [], (objective) => objective.perspective);
    expect([...counts.values()]).toEqual([3, 3, 3, 3]);
  });

  it('has fewer than 20 measures, one or two to each objective', () => {
    const counts = countBy(config.measures, (measure) => measure.objective);
    expect(config.measures.length).toBeLessThan(20);
    expect(counts.size).toBe(12);
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(2);
  });

  it('links each objective below the top to one above it, and leaves none alone', () => {
    const { perspectives = [], objectives = [] } = config.scorecards[0] ?? {};
    const height = (address: string): number => {
      const objective = objectives.find((each) => each.address === address);
      return perspectives.findIndex((perspective) => perspective.address === objective?.perspective);
    };
    for (const objective of objectives) {
      for (const driven of objective.drives) expect(height(driven)).toBeLessThan(height(objective.address));
      if (height(objective.address) > 0) expect(objective.drives, objective.address).not.toEqual([]);
      else expect(objectives.some((each) => each.drives.includes(objective.address))).toBe(true);
    }
  });

  it('has all frequencies, directions and aggregations a newcomer wants to copy', () => {
    const kinds = (pick: (measure: (typeof config.measures)[number]) => string) => new Set(config.measures.map(pick));
    expect(kinds((measure) => measure.frequency)).toEqual(new Set(['daily', 'weekly', 'monthly', 'quarterly']));
    expect(kinds((measure) => measure.direction)).toEqual(new Set(['higher-is-better', 'lower-is-better', 'in-band']));
    expect(kinds((measure) => collected(measure).aggregation.kind)).toEqual(
      new Set(['ratio', 'sum', 'avg', 'last', 'count']),
    );
    expect(config.measures.some((measure) => measure.targets.length === 2)).toBe(true);
  });

  it('measures what the story tells of', () => {
    expect(config.measures.map((measure) => measure.address).sort()).toEqual(
      STANDING.map(({ measure }) => measure).sort(),
    );
  });

  it('asks the database only for tables and columns it has', () => {
    const known = new Map(operationsTables('2026-03-01', DEMO_SEED).map((table) => [table.name, table.columns]));
    const queries = config.extracts.flatMap(({ source }) =>
      typeof source === 'object' && source !== null && 'query' in source ? [String(source.query)] : [],
    );
    expect(queries).toHaveLength(5);
    for (const query of queries) {
      const [, list = '', table = ''] = /select (.+?)\s+from (\w+)/.exec(query) ?? [];
      const names = (known.get(table) ?? []).map((column) => column.name);
      expect(names, table).toEqual(expect.arrayContaining(list.split(', ')));
    }
  });
});
