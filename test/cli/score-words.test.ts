import { describe, expect, it } from 'vitest';
import type { ExplainedValue } from '#src/cli/render/explanation.js';
import { judgementSentences } from '#src/cli/render/score-words.js';
import { seriesOfScoring } from '#src/domain/score/series-of-scoring.js';
import type { SeriesContext, SeriesReading } from '#src/domain/series/context.js';
import { seriesAt } from '#src/domain/series/series-at.js';
import { targetSeries } from '#src/domain/series/target-series.js';
import { judgeBy, readScoring, type SeriesValues } from '../config/support/scoring-of.js';

const NO_CONTEXT: SeriesContext = {
  grain: { frequency: 'monthly' },
  direction: 'higher-is-better',
  workingCalendar: { weekend: [], holidays: [] },
  own: () => undefined,
  collected: () => undefined,
  collectedBefore: () => undefined,
  attribute: () => undefined,
};

/** What is said of a value that a measure with this scoring has in March 2026. */
function said(yaml: string, value: string, series?: SeriesValues): string {
  const { scoring, direction } = readScoring(yaml);
  const period = { id: '2026-03', start: '2026-03-01', end: '2026-04-01', frequency: 'monthly' } as const;
  const own = targetSeries({ targets: scoring.targets });
  const readings = (name: string): SeriesReading => {
    const given = series?.[name];
    if (given !== undefined) {
      return { ok: true, target: typeof given === 'string' ? { kind: 'value', value: given } : given };
    }
    return seriesAt(own, name, period, NO_CONTEXT);
  };
  const needed = seriesOfScoring(scoring);
  const names = [...new Set([...needed, ...own.map(({ name }) => name)])];
  const explained = {
    series: names.map((name) => ({ name, isNeeded: needed.includes(name), reading: readings(name) })),
    measure: { unit: 'points', direction, ...scoring },
    judged: judgeBy(yaml)(value, series),
    found: { period },
    open: false,
  };
  return judgementSentences(explained as unknown as ExplainedValue).join('\n');
}

const HOSPITAL = `direction: higher-is-better
score:
  points: 10
  best_of:
    - { basis: value, knots: [[threshold, 0.5], [benchmark, 9.5]], below: 0, beyond: 10, round: { mode: half-up, min: 1, max: 9 } }
    - { basis: value, knots: [[baseline, -0.5], [benchmark, 9.5]], below: 0, beyond: 9, round: { mode: half-up, min: 0, max: 9 } }
bands: { on_track: 'score >= 7', at_risk: 'score >= 3' }
`;

describe('how a value was judged', () => {
  it('names the map that gave most, its knots on series and its rounding', () => {
    const series = { threshold: '0.5', benchmark: '0.9', baseline: '0.4' };
    expect(said(HOSPITAL, '0.7', series)).toMatchInlineSnapshot(`
      "The threshold is 0.5 points.
      The benchmark is 0.9 points.
      The baseline is 0.4 points.
      Its bands, on the score: on track at "score >= 7", at risk at "score >= 3", else off track.
      On the value itself it stands at 0.7. Of 2 score maps number 2 gives most.
      The score map: the baseline gives -0.5, the benchmark gives 9.5; straight lines between, before the first 0, from the last on 9; rounded half up to steps of 1, not below 0, not above 9.
      That gives at risk, with a score of 6 of 10 points. The line itself, without limits and rounding, is at 55.0 of 100."
    `);
  });

  it('names the series that is missing', () => {
    expect(said(HOSPITAL, '0.7', { threshold: '0.5' })).toContain(
      'It has no score: no benchmark is in force on 2026-03-01.',
    );
  });

  it('names bands by their labels, and a score by the status as one', () => {
    const yaml = `direction: in-band
bands:
  - { when: '<= 10', status: off_track, label: DANGER }
  - { when: '< 70', status: on_track }
  - { when: else, status: at_risk, label: WARNING }
`;
    expect(said(yaml, '70')).toMatchInlineSnapshot(`
      "It needs no target.
      Its bands, on the value itself: DANGER (off track) at "<= 10", on track at "< 70", else WARNING (at risk).
      The score goes by the status.
      That gives at risk, WARNING, with a score of 50.0."
    `);
  });

  it('says how far a map without limits goes', () => {
    const yaml = `direction: higher-is-better
targets: [{ from: 2026, value: -2 }]
score: { basis: percent_of_target, points: 100, knots: [[0, 0], [100, 100]], limit: none }
`;
    expect(said(yaml, '3')).toMatchInlineSnapshot(`
      "The target is -2 points, in force since 2026-01-01.
      Its bands, on percent of target: on track at ">= 100% of target", at risk at ">= 90% of target", else off track.
      On percent of target it stands at 350.
      The score map: 0 gives 0, 100 gives 100; straight lines between, carried on outside.
      That gives on track, with a score of 350 of 100 points."
    `);
  });

  it('says plainly that a map gives something on the target alone', () => {
    const yaml = 'direction: exact\ntargets: [{ from: 2026, value: 5 }]\nscore: { preset: exact }\n';
    expect(said(yaml, '5')).toContain('The score map: 100.0 at a distance of 0, else 0.0.');
  });

  it('says of steps where the score jumps, and what the step itself gives', () => {
    const yaml = `direction: higher-is-better
score: { preset: points, steps: [[10, 5], [20, 10]], otherwise: 0, points: 10 }
bands: { on_track: 'score >= 10', at_risk: 'score >= 5' }
`;
    expect(said(yaml, '10')).toContain(
      'The score map: at 10 it jumps from 0 to 5, which 10 itself gives, at 20 it jumps from 5 to 10, which 20 itself gives, 21 gives 10;',
    );
  });
});
