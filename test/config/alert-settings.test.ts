import { describe, expect, it } from 'vitest';
import { changed, configOf, problemsAfter, SOUND } from './support/config-folder.js';

const SITE = 'site.yaml';
const CARD = 'scorecards/company.yaml';
const MEASURE = 'frequency: monthly\n';
const WHOLE = `${MEASURE}    from:
      extract: contracts
      ratio: { numerator: { count: renewed = true }, denominator: { count: all } }
`;

const siteWith = (alerts: string) => changed(SITE, 'operator: omar\n', `operator: omar\nalerts: ${alerts}\n`);

describe('alert settings', () => {
  it('are absent where nothing is said, so that digests stay', async () => {
    const { site, measures, extracts } = await configOf(SOUND);
    for (const each of [site, ...measures, ...extracts]) expect(each).not.toHaveProperty('alertSettings');
    const { site: timed } = await configOf(siteWith('{ off_track_after: 2, pending_minutes: { late: 5 } }'));
    expect(timed).not.toHaveProperty('alertSettings');
  });

  it('of the site are read whole', async () => {
    const written =
      '{ kinds: { improved: on, late: off }, at_risk_after: 2, note_after_days: 0, rejects_over: { percent: 5 } }';
    expect((await configOf(siteWith(written))).site.alertSettings).toEqual({
      kinds: { improved: true, late: false },
      atRiskAfter: 2,
      noteAfterDays: 0,
      rejectsOver: { percent: 5 },
    });
  });

  it('of a measure are its own, and change neither values nor scores', async () => {
    const before = (await configOf(SOUND)).measures[0];
    const after = (await configOf(changed(CARD, MEASURE, `${MEASURE}    alerts: { kinds: { target_missing: off } }\n`)))
      .measures[0];
    expect(after?.alertSettings).toEqual({ kinds: { target_missing: false } });
    expect([after?.valueDigest, after?.scoreDigest]).toEqual([before?.valueDigest, before?.scoreDigest]);
  });

  it.each([
    ['a kind that there is not', '{ kinds: { worse: on } }', 'CONFIG_UNKNOWN_KEY'],
    ['a kind that no measure raises', '{ kinds: { rejects: on } }', 'CONFIG_UNKNOWN_KEY'],
    ['another word than on and off', '{ kinds: { late: never } }', 'CONFIG_INVALID_VALUE'],
    ['rejects, which are of an extract', '{ rejects_over: { rows: 1 } }', 'CONFIG_UNKNOWN_KEY'],
    ['no period at risk', '{ at_risk_after: 0 }', 'CONFIG_INVALID_VALUE'],
  ])('of a measure refuse %s', async (_, alerts, code) => {
    const problems = await problemsAfter(CARD, MEASURE, `${MEASURE}    alerts: ${alerts}\n`);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
  });

  it('of a pace are spelled out, with what was left out', async () => {
    const paceOf = async (pace: string) => (await configOf(siteWith(`{ pace: ${pace} }`))).site.alertSettings?.pace;
    expect(await paceOf('on')).toEqual({ fromPercent: 50, countedIn: 'days' });
    expect(await paceOf('off')).toBe(false);
    expect(await paceOf('{ from_percent: 30 }')).toEqual({ fromPercent: 30, countedIn: 'days' });
    expect(await paceOf('{ counted_in: working_days }')).toEqual({ fromPercent: 50, countedIn: 'working_days' });
  });

  it.each([
    ['no part of the period', '{ pace: { from_percent: 0 } }'],
    ['all of the period', '{ pace: { from_percent: 100 } }'],
    ['other days', '{ pace: { counted_in: hours } }'],
  ])('of a pace refuse %s', async (_, alerts) => {
    const problems = await problemsAfter(CARD, MEASURE, `${MEASURE}    alerts: ${alerts}\n`);
    expect(problems.map(({ code }) => code)).toEqual(['CONFIG_INVALID_VALUE']);
  });

  it.each([
    ['a pace of which its values say nothing', 'frequency: yearly', 'last: amount', '', /the end of a yearly period$/],
    ['a pace of a day', 'frequency: daily', 'sum: amount', '', /a day is not read before it is over$/],
    [
      'a pace that raises nothing',
      'frequency: monthly',
      'sum: amount',
      '    off_track_after: 0\n',
      /off_track_after is 0/,
    ],
  ])('tell of %s, where it is written', async (_, frequency, aggregation, more, message) => {
    const from = `    from: { extract: contracts, ${aggregation} }\n`;
    const problems = await problemsAfter(CARD, WHOLE, `${frequency}\n${more}    alerts: { pace: on }\n${from}`);
    expect(problems.filter(({ code }) => code === 'CONFIG_PACE')).toEqual([
      expect.objectContaining({
        path: expect.stringMatching(/alerts\.pace$/),
        message: expect.stringMatching(message),
      }),
    ]);
  });

  it('offers the kind that was probably meant, else those there are', async () => {
    const remedies = async (kinds: string) => {
      const problems = await problemsAfter(CARD, MEASURE, `${MEASURE}    alerts: { kinds: { ${kinds}: on } }\n`);
      return problems.map(({ remedy }) => remedy);
    };
    expect(await remedies('improvd')).toEqual(['did you mean "improved"?']);
    expect(await remedies('rejects')).toEqual([expect.stringMatching(/^use one of: missing, off_track, /)]);
  });
});
