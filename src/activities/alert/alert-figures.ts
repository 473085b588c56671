import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import { isTold } from '#src/domain/alert/transitions.js';
import type { AlertEvent } from '#src/domain/alert/types.js';
import { figuresOf } from '#src/domain/message/figures.js';
import type { MessageFigures } from '#src/domain/message/types.js';
import { isPeriodOf, periodNamed } from '#src/domain/period/period.js';
import type { Instant, Period, PeriodCalendar } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';
import { scoresByNode } from '../score/stored-series.js';
import { lookedBackTo } from './looked-back-to.js';

/** What a message about an event shows of the numbers of its measure; absent where it is about none. */
export type FiguresOf = (event: AlertEvent) => MessageFigures | undefined;

/** Reads the numbers of the measures that there are messages about: none where nothing is told. */
export async function readFigures(
  reader: StoreReader,
  config: ResolvedConfig,
  events: readonly AlertEvent[],
  now: Instant,
): Promise<FiguresOf> {
  const subjects = new Set(
    events.filter(({ transition }) => isTold(transition)).map((event) => event.condition.subject),
  );
  const bySubject = new Map(
    (subjects.size === 0 ? [] : config.measures)
      .map((measure) => [alertSubject('measure', measure.address), measure] as const)
      .filter(([subject]) => subjects.has(subject)),
  );
  const horizon = lookedBackTo(now);
  const calendars = Object.values(config.site.periodCalendars ?? {});
  const scores = await scoresByNode(
    reader,
    [...bySubject.values()].map((measure) => [measure.address, horizon(measure)]),
  );
  return (event) => {
    const { condition } = event;
    const measure = bySubject.get(condition.subject);
    if (measure === undefined) return undefined;
    const judged = (scores.get(measure.address) ?? [])
      .filter(({ period }) => isPeriodOf(period, measure))
      .toSorted((a, b) => (a.period.start < b.period.start ? 1 : -1));
    // Of a corrected period its own numbers are the news, not those of a later one.
    const figures = figuresOf(judged, measure, condition.kind === 'restated' ? condition.period : undefined);
    const shown = judged.find(({ period }) => period.id === figures.current?.period)?.period;
    return isBesideTheNews(event, figures, shown, calendars) ? { recent: figures.recent } : figures;
  };
}

/**
 * Whether a message is not about the newest value of a closed period: one about a period that is not over, as it would end, by
 * whomever it was taken over or ended meanwhile; or one about the end of a run of periods that are off track, to which such a
 * value still belongs.
 *
 * @param shown the period of that value
 */
function isBesideTheNews(
  { condition, transition, author }: AlertEvent,
  { current }: MessageFigures,
  shown: Period | undefined,
  calendars: readonly PeriodCalendar[],
): boolean {
  if (condition.kind !== 'off_track') return false;
  const begun = periodNamed(condition.period, calendars);
  if (begun !== undefined && shown !== undefined && shown.end <= begun.start) return true;
  const isEnd = transition === 'resolved' && author === undefined;
  return condition.atPace === true || (isEnd && current?.status === 'off_track');
}
