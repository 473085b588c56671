import { absencesOf, type FoundAbsence } from '#src/activities/absence/absences.js';
import { timelinessByMeasure } from '#src/activities/absence/timeliness.js';
import { whyNoValue } from '#src/activities/derive/why-no-value.js';
import { missedCapturesOf } from '#src/activities/pull/missed-captures.js';
import { saidBySources } from '#src/activities/score/said-by-sources.js';
import { seriesOfMeasures } from '#src/activities/score/series-values.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { type Timeliness, timelinessOfAll } from '#src/domain/freshness/timeliness.js';
import { familyKey } from '#src/domain/measure/family.js';
import type { Measure } from '#src/domain/measure/types.js';
import { parsePeriodId } from '#src/domain/period/period.js';
import type { Period } from '#src/domain/period/types.js';
import { noValueWords } from '#src/domain/score/score-period.js';
import type { Explanation } from '#src/store/read-models/types.js';
import type { ReportingStore } from '#src/store/types.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { findExplained } from '../find-explained.js';
import { assertPeriodOf } from '../find-measure.js';
import { noteUnapplied } from '../note-unapplied.js';
import { withSite } from '../open-site.js';
import { explainJson } from '../render/explain-json.js';
import { explainText } from '../render/explain-text.js';
import { explainedValue } from '../render/explanation.js';
import { USUAL_WIDTH } from '../render/text-width.js';
import { explainNode } from './explain-node.js';

interface ExplainOptions extends ConfigOption {
  readonly json?: true;
}

/**
 * Where a measure's value in a period comes from, back to the rows, or how the score of another node is made; by default
 * in the period that `status` shows.
 */
export function explain(
  context: CommandContext,
  written: string,
  period: string | undefined,
  { config: folder, json }: ExplainOptions,
): CommandResult {
  return withSite(
    context,
    folder,
    async ({ config, store }) => {
      const explained = findExplained(config, written);
      if ('node' in explained) await explainNode(context, { config, store }, explained.node, { period, json });
      else await explainMeasure(context, { config, store }, explained.measure, { period, json });
      await noteUnapplied(context, store, config, folder);
      return 0;
    },
    'none',
  );
}

async function explainMeasure(
  context: CommandContext,
  { config, store }: { readonly config: ResolvedConfig; readonly store: ReportingStore },
  measure: Measure,
  { period, json }: { readonly period: string | undefined; readonly json: true | undefined },
): Promise<void> {
  if (period !== undefined) assertPeriodOf(measure, period, config);
  const found = await store.models.explain(measure.address, period);
  const runId = found.revisions.at(-1)?.runId ?? found.score?.runId;
  const [progress] = await store.read.progress([familyKey(measure)]);
  const seriesOf = await seriesOfMeasures(
    store.read,
    found.period === undefined ? [] : [[measure, found.period.start]],
    config.site,
  );
  const asked =
    found.period ??
    (period === undefined ? undefined : parsePeriodId(period, Object.values(config.site.periodCalendars ?? {})));
  const lacking =
    asked === undefined || found.revisions.length > 0
      ? undefined
      : ((await whyNoValue(store.read, config, measure, asked)) ?? (await reportedReason(store, measure, asked)));
  const explained = explainedValue({
    config,
    measure,
    found,
    now: context.now(),
    missed: await missedCapturesOf(store.read, config, measure, context.now()),
    asked: period,
    unknown: asked,
    run: runId === undefined ? undefined : await store.read.run(runId),
    progress,
    seriesOf: seriesOf(measure),
    lacking,
    notes: asked === undefined ? [] : await store.models.notesOf(measure.address, asked.id),
    timeliness: await timelinessNow(store, config, measure, context.now()),
    absence: await absenceIn(store, config, measure, found),
    saidOf: await saidBySources(store.read, config, context.now()),
  });
  const { stdout } = context;
  stdout.write(
    json
      ? `${JSON.stringify(explainJson(explained), null, 2)}\n`
      : explainText(explained, stdout.columns ?? USUAL_WIDTH),
  );
}

async function timelinessNow(
  { read }: ReportingStore,
  config: ResolvedConfig,
  measure: Measure,
  now: string,
): Promise<Timeliness> {
  return (await timelinessByMeasure(read, config, [measure], now)).get(measure.address) ?? timelinessOfAll([]);
}

/** Why a value that is late or missing is not there. */
async function absenceIn(
  { read }: ReportingStore,
  config: ResolvedConfig,
  measure: Measure,
  { score, latestPull }: Explanation,
): Promise<FoundAbsence | undefined> {
  if (score?.status !== 'late' && score?.status !== 'missing') return undefined;
  const pulls = latestPull === undefined ? [] : [latestPull];
  return (await absencesOf(read, config, [{ measure, period: score.period }], pulls)).get(measure.address);
}

/** Why a period that the source did report has no value. */
async function reportedReason(
  { read }: ReportingStore,
  { address }: Measure,
  { id, start }: Period,
): Promise<{ readonly code: string; readonly message: string } | undefined> {
  const found = (await read.noValues([address], start)).find(({ period }) => period.id === id);
  return found === undefined ? undefined : { code: found.reason, message: noValueWords(found.reason) };
}
