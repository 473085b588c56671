import { TIMELINESS_DAYS, timelinessByMeasure } from '#src/activities/absence/timeliness.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { timelinessOfAll } from '#src/domain/freshness/timeliness.js';
import type { NoScoreState, Status } from '#src/domain/score/types.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { findNode } from '../find-node.js';
import { freshnessNotes } from '../freshness-notes.js';
import { withApplied } from '../open-applied.js';
import { configOption } from '../render/next-command.js';
import { scorecardJson } from '../render/scorecard-json.js';
import { scorecardTable } from '../render/scorecard-table.js';
import { type Standing, standings, withNotes } from '../render/standing.js';
import { type StatusPart, statusParts, subtree } from '../render/status-parts.js';
import { STATUS_WORDS, wantsColour } from '../render/status-words.js';
import { printable, USUAL_WIDTH, wrapped } from '../render/text-width.js';
import { counted, localTime } from '../render/time-words.js';
import { valueNotes } from '../value-notes.js';

interface StatusOptions extends ConfigOption {
  readonly json?: true;
}

/**
 * The scorecard as it stands: a table for each scorecard that stands under no other, or JSON.
 *
 * @param address of a scorecard, unit, objective or measure, or its last part where only one has it: it and what is below it
 */
export function status(
  context: CommandContext,
  { config: folder, json }: StatusOptions,
  address?: string,
): CommandResult {
  return withApplied(context, folder, async ({ config, store }) => {
    const now = context.now();
    const { site } = config;
    const rows = await store.models.scorecardTable();
    const notes = await valueNotes(store.read, config, rows);
    const labels = new Map(
      config.measures.flatMap((each) => (each.labels === undefined ? [] : [[each.address, each.labels]])),
    );
    const timely = await timelinessByMeasure(store.read, config, config.measures, now);
    const freshness = await freshnessNotes(store.read, config, rows, now);
    const all = standings(rows, await store.models.openAlerts(), now, site.timeZone, notes, labels, freshness, timely);
    const noted = withNotes(all, await store.read.notes(rows.map(({ node }) => node)), config);
    const nodes = address === undefined ? noted : subtree(noted, findNode(config, rows, address));
    if (json) {
      context.stdout.write(`${JSON.stringify(scorecardJson(site, now, nodes), null, 2)}\n`);
    } else if (nodes.every(({ row }) => row.status === undefined)) {
      context.stdout.write(`${printable(site.name)}: nothing has been collected yet.\n`);
      context.stderr.write(`${howToBegin(folder)}\n`);
    } else {
      writeTables(context, config, folder, nodes, now);
    }
    return 0;
  });
}

function writeTables(
  context: CommandContext,
  { site }: ResolvedConfig,
  folder: string,
  nodes: readonly Standing[],
  now: string,
): void {
  const { stdout, env } = context;
  const width = stdout.columns ?? USUAL_WIDTH;
  const leftOut = new Set<string>();
  const text = [`${printable(site.name)}, ${localTime(now, site.timeZone)} (${site.timeZone})\n`];
  for (const part of statusParts(nodes)) {
    const table = scorecardTable(part.nodes, width, wantsColour(stdout, env));
    for (const heading of table.leftOut) leftOut.add(heading);
    text.push(`\n${table.lines.join('\n')}\n`);
    if (part.leftOut > 0) text.push(`${wrapped(`  ${worstLine(part, folder)}`, width)}\n`);
  }
  text.push(`\n${wrapped(closingLine(nodes), width)}\n`);
  const timely = timelinessLine(nodes);
  if (timely !== undefined) text.push(`${wrapped(timely, width)}\n`);
  stdout.write(text.join(''));
  if (leftOut.size > 0) {
    const headings = [...leftOut].join(', ');
    context.stderr.write(
      `${wrapped(`Left out, since the terminal is narrow: ${headings}. All of it: --json.`, width)}\n`,
    );
  }
  context.stderr.write(
    `${wrapped(`Where a value comes from: plumbline explain ${exampleOf(nodes)}${configOption(folder)}`, width)}\n`,
  );
}

/** That there are more scorecards than are shown, and how to see one. */
function worstLine({ nodes, leftOut }: StatusPart, folder: string): string {
  const below = nodes.filter(({ row }, index) => index > 0 && row.kind === 'scorecard');
  const example = below[0]?.row.node ?? '<address>';
  return (
    `The ${below.length} worst of ${(below.length + leftOut).toLocaleString('en-US')} below it; ` +
    `any of them: plumbline status ${example}${configOption(folder)}`
  );
}

/** How many measures stand how: statuses in the order of the table of words, those without a measure left out. */
function closingLine(nodes: readonly Standing[]): string {
  const measures = nodes.filter(({ row }) => row.kind === 'measure');
  const count = (status: Status | NoScoreState | undefined): number =>
    measures.filter(({ row }) => row.status === status).length;
  const parts = Object.entries(STATUS_WORDS).flatMap(([status, { word }]) => {
    const standing = measures.filter(({ row }) => row.status === status).length;
    return standing === 0 ? [] : [`${standing} ${word}`];
  });
  const soFar = measures.filter(({ notes }) => notes?.soFar !== undefined).length;
  if (soFar > 0) parts.push(`${soFar} with a first period that is not over`);
  const nothing = count(undefined) - soFar;
  if (nothing > 0) parts.push(`${nothing} not collected yet`);
  return `${counted(measures.length, 'measure')}: ${parts.join(', ')}.`;
}

/** How many values of the measures shown were there in time. */
function timelinessLine(nodes: readonly Standing[]): string | undefined {
  const { due, onTime } = timelinessOfAll(
    nodes.flatMap(({ row, timeliness }) => (row.kind === 'measure' && timeliness !== undefined ? [timeliness] : [])),
  );
  return due === 0 ? undefined : `On time in the last ${TIMELINESS_DAYS} days: ${onTime} of ${counted(due, 'value')}.`;
}

/** The measure somebody would ask about first. */
function exampleOf(nodes: readonly Standing[]): string {
  const asked = ['off_track', 'missing', 'late', 'at_risk', 'on_track'];
  const measures = nodes.filter(({ row }) => row.kind === 'measure');
  const first = asked.map((status) => measures.find(({ row }) => row.status === status)).find(Boolean) ?? measures[0];
  return first?.row.node ?? '<measure>';
}

function howToBegin(folder: string): string {
  return `  → Collect once with "plumbline run --once${configOption(folder)}", or on schedule with "plumbline dev${configOption(folder)}".`;
}
