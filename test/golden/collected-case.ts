import { cpSync, existsSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { explain } from '#src/cli/commands/explain.js';
import { runCommand } from '#src/cli/commands/run.js';
import type { CommandContext } from '#src/cli/context.js';
import { readConfig } from '#src/config/index.js';
import type { Aggregate } from '#src/domain/actual/types.js';
import type { ReportingStore, ScoreRecord } from '#src/store/types.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import { openSiteStore } from '#src/worker/services.js';

/** What is done with a golden case. */
export interface GoldenRun {
  /** `plumbline run --once --at` of each, in order; before the nth, `input-n` takes the place of `input`. */
  readonly at: readonly string[];
  /** `plumbline explain` of each: `<address> <period>`. */
  readonly explain: readonly string[];
}

/** Collects the case in a folder of its own; what comes out, as texts by file name. */
export async function collectedCase(folder: string, run: GoldenRun): Promise<Readonly<Record<string, string>>> {
  for (const [index, at] of run.at.entries()) {
    const next = join(folder, `input-${index + 1}`);
    if (existsSync(next)) {
      rmSync(join(folder, 'input'), { recursive: true });
      cpSync(next, join(folder, 'input'), { recursive: true });
    }
    await atTime(at, join(folder, 'input'), () =>
      written(folder, at, (context) => runCommand(context, { config: 'config', at })),
    );
  }
  const now = run.at.at(-1) ?? '';
  const texts: Record<string, string> = {};
  const { config } = await readConfig(join(folder, 'config'), builtInConnectors);
  if (config === undefined) throw new Error('the configuration cannot be read');
  const store = await openSiteStore(config.site.store, config.folder, {});
  try {
    texts['scorecard.txt'] = await scorecardText(store);
    texts['history.txt'] = await historyText(
      store,
      config.measures.map(({ address }) => address),
    );
  } finally {
    await store.close();
  }
  for (const asked of run.explain) {
    const [address = '', period] = asked.split(' ');
    const text = await written(folder, now, (context) => explain(context, address, period, { config: 'config' }));
    texts[`explain ${asked.replaceAll('/', '.')}.txt`] = untilRecorded(text);
  }
  return texts;
}

/** With the clock at a time, by which a source without history is captured, and input files that lie there since a day. */
async function atTime<T>(at: string, input: string, work: () => Promise<T>): Promise<T> {
  const dayBefore = new Date(Date.parse(at) - 86_400_000);
  for (const file of readdirSync(input)) utimesSync(join(input, file), dayBefore, dayBefore);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(at) });
  try {
    return await work();
  } finally {
    vi.useRealTimers();
  }
}

/** Each node as it stands: status, score, coverage, and why it has none. */
async function scorecardText(store: ReportingStore): Promise<string> {
  const rows = await store.models.scorecardTable();
  const lines = rows.map((row) => [
    row.node,
    row.periodId ?? '-',
    row.band === undefined ? (row.status ?? '-') : `${row.status} (${row.band})`,
    row.score === undefined ? '' : `score ${row.score}`,
    row.points === undefined ? '' : `points ${row.points} of ${row.possible}`,
    row.coverage === undefined || row.kind === 'measure' ? '' : `coverage ${row.coverage}`,
    row.reason ?? '',
  ]);
  return table(lines);
}

/** Each closed period of each measure: value, target, status, score. */
async function historyText(store: ReportingStore, addresses: readonly string[]): Promise<string> {
  const sections: string[] = [];
  for (const address of addresses) {
    const scores = await store.read.currentScores([address], '1900-01-01');
    const actuals = await store.read.currentActuals([address], '1900-01-01');
    const made = new Map(actuals.map((actual) => [actual.period.id, actual.evidence.derived]));
    const lines = [...scores]
      .sort(byStart)
      .map(({ period, value, target, status, band, score, reason }) => [
        period.id,
        value === undefined ? 'no value' : `value ${value}`,
        target === undefined ? '' : `target ${target}`,
        band === undefined ? status : `${status} (${band})`,
        score === undefined ? '' : `score ${score}`,
        reason ?? '',
        madeOf(made.get(period.id)),
      ]);
    sections.push(`${address}\n${table(lines)}`);
  }
  return sections.join('\n');
}

/** What of a computed value was not there, or was filled in. */
function madeOf(derived: Aggregate['derived']): string {
  const inputs = derived?.inputs ?? [];
  const without = inputs.flatMap(({ name, taken }) => taken.without.map((period) => `${name} ${period}`.trim()));
  const filled = inputs.flatMap(({ name, taken }) =>
    taken.filled.map(
      ({ period, by, from }) => `${name} ${period} by ${by}${from === undefined ? '' : ` from ${from}`}`,
    ),
  );
  return [
    ...(derived?.partial === true ? [`partial, without ${without.join(', ')}`] : []),
    ...(filled.length === 0 ? [] : [`filled in: ${filled.join(', ')}`]),
  ].join('; ');
}

const byStart = (a: ScoreRecord, b: ScoreRecord): number => (a.period.start < b.period.start ? -1 : 1);

/** Columns side by side; one that is empty in every line is left out. */
function table(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) => {
      const cells = line.flatMap((cell, column) => (widths[column] === 0 ? [] : [cell.padEnd(widths[column] ?? 0)]));
      return `${cells.join('  ').trimEnd()}\n`;
    })
    .join('');
}

/** What follows tells times and digests of files, which differ from one day to the next; but for captures, at its end. */
function untilRecorded(text: string): string {
  const [before = ''] = text.split(/^(?:What was reported|Where it was read|The source now)$/m);
  const captures = /^Captures\n[\s\S]*/m.exec(text)?.[0] ?? '';
  return `${before}${captures}`.trimEnd().concat('\n');
}

async function written(
  folder: string,
  now: string,
  command: (context: CommandContext) => Promise<number>,
): Promise<string> {
  const out: string[] = [];
  await command({
    stdout: { write: (text) => out.push(text), columns: 120 },
    stderr: { write: () => undefined },
    env: {},
    cwd: folder,
    now: () => now,
    signal: new AbortController().signal,
  });
  return out.join('');
}
