// Rules of roll-ups as configuration spells them: what each node gets, and worked cases by the rule that comes out.
import { describe, expect, it } from 'vitest';
import { rollUp } from '#src/domain/rollup/roll-up.js';
import type { RollUpChild, RollUpRule } from '#src/domain/rollup/types.js';
import type { Status } from '#src/domain/score/types.js';
import { changed, configOf, type Files, read, SOUND } from './support/config-folder.js';

const CARD = 'scorecards/company.yaml';
const SITE = 'site.yaml';

interface Levels {
  readonly site?: string;
  readonly scorecard?: string;
  readonly perspective?: string;
  readonly objective?: string;
}

function folder({ site, scorecard, perspective, objective }: Levels): Files {
  const say = (rule: string | undefined): string => (rule === undefined ? '' : `, roll_up: ${rule}`);
  let files = changed(CARD, 'name: Company, owner: omar', `name: Company, owner: omar${say(scorecard)}`);
  files = changed(CARD, 'name: Financial', `name: Financial${say(perspective)}`, files);
  files = changed(CARD, 'financial, owner: amara', `financial, owner: amara${say(objective)}`, files);
  return site === undefined ? files : changed(SITE, 'operator: omar', `operator: omar\nroll_up: ${site}`, files);
}

async function rulesOf(levels: Levels) {
  const { site, scorecards } = await configOf(folder(levels));
  const [card] = scorecards;
  return {
    site: site.rollUp,
    scorecard: card?.rollUp,
    perspective: card?.perspectives[0]?.rollUp,
    objective: card?.objectives[0]?.rollUp,
  };
}

const ruleOf = async (objective: string): Promise<RollUpRule> => {
  const { site, objective: own } = await rulesOf({ objective });
  return own ?? site;
};

const problemsOf = async (levels: Levels) =>
  (await read(folder(levels))).problems.map(({ code, path, message }) => ({ code, path, message }));

const child = (node: string, status: Status, score: string, weight = '1'): RollUpChild => ({
  node,
  weight,
  status,
  score,
});

describe('the rule of a node', () => {
  it('is the site’s where nothing is said, and then not written at the node', async () => {
    const { site, scorecard, perspective, objective } = await rulesOf({ site: '{ minimum_children: 2 }' });
    expect(site).toEqual({ onTrackFrom: '0.8', atRiskFrom: '0.5', minimumCoverage: '0.5', minimumChildren: 2 });
    expect([scorecard, perspective, objective]).toEqual([undefined, undefined, undefined]);
  });

  it('takes each setting from the nearest node that says it', async () => {
    const rules = await rulesOf({
      site: '{ minimum_children: 2, method: worst }',
      scorecard: '{ minimum_coverage: 0.75, max_age_days: 90 }',
      perspective: '{ method: best_of, best: 3 }',
      objective: '{ minimum_children: 1, max_age_periods: 2 }',
    });
    expect(rules.scorecard).toMatchObject({ minimumChildren: 2, minimumCoverage: '0.75', method: { kind: 'worst' } });
    expect(rules.perspective).toMatchObject({ minimumChildren: 2, method: { kind: 'best_of', count: 3 } });
    expect(rules.objective).toEqual({
      onTrackFrom: '0.8',
      atRiskFrom: '0.5',
      minimumCoverage: '0.75',
      minimumChildren: 1,
      method: { kind: 'best_of', count: 3 },
      ageLimit: { maxAgeDays: 90, maxAgePeriods: 2 },
    });
  });

  it('says by limits or by bands what its status is, whichever is nearer', async () => {
    const bands = '{ bands: [{ from: 0.9, label: good, status: on_track }, { status: off_track }] }';
    const nearBands = await rulesOf({ scorecard: '{ on_track_from: 0.95 }', perspective: bands });
    expect(nearBands.objective).toMatchObject({ bands: [{ from: '0.9', label: 'good' }, {}] });
    const nearLimits = await rulesOf({ scorecard: bands, perspective: '{ on_track_from: 0.95 }' });
    expect(nearLimits.scorecard).toHaveProperty('bands');
    expect(nearLimits.objective).not.toHaveProperty('bands');
    expect(nearLimits.objective).toMatchObject({ onTrackFrom: '0.95', atRiskFrom: '0.5' });
  });

  it('hands nothing down that is about its own points', async () => {
    const rules = await rulesOf({
      scorecard:
        '{ method: sum_of_points, possible: 120, bands_on: points, bands: [{ from: 90, status: on_track }, { status: off_track }] }',
    });
    expect(rules.scorecard).toMatchObject({ method: { kind: 'sum_of_points', possible: '120' }, bandsOn: 'points' });
    expect(rules.objective).toEqual({ ...rules.site, method: { kind: 'sum_of_points' } });
  });

  it('leaves digests of configurations alone that say nothing new', async () => {
    const plain = await configOf(SOUND);
    const spelled = await configOf(folder({ site: '{ method: weighted_mean, unclamped: false }' }));
    expect(spelled.revision).toBe(plain.revision);
    expect((await configOf(folder({ objective: '{ minimum_children: 1 }' }))).revision).toBe(plain.revision);
  });
});

describe('worked cases of roll-ups', () => {
  const highsAndLows = [
    child('a', 'on_track', '1'),
    child('b', 'on_track', '1'),
    child('c', 'off_track', '0'),
    child('d', 'off_track', '0'),
  ];

  it.each([
    ['{ method: worst }', 'off_track'],
    ['{ method: best }', 'on_track'],
    ['{ method: most_frequent, ties: worst }', 'off_track'],
    ['{ method: most_frequent, ties: best }', 'on_track'],
    ['{ method: most_frequent }', 'off_track'],
  ])('W53: %s is %s', async (spelled, status) => {
    expect(rollUp(highsAndLows, await ruleOf(spelled)).status).toBe(status);
  });

  it('W54: a missing child takes its weight out of the mean and out of coverage, and is no 0', async () => {
    const children: readonly RollUpChild[] = [
      child('a', 'on_track', '0.8', '50'),
      { node: 'b', status: 'missing', weight: '30' },
      child('c', 'off_track', '0.4', '20'),
    ];
    expect(rollUp(children, await ruleOf('{ method: weighted_mean }'))).toMatchObject({
      score: '0.68571428571428571429',
      coverage: '0.7',
      without: ['b'],
    });
  });
});

describe('a roll_up is refused', () => {
  const BANDS = 'bands: [{ from: 0.9, status: on_track }, { status: off_track }]';

  it.each<[string, string, string, string, string]>([
    ['that orders limits the wrong way round', '{ on_track_from: 0.4 }', 'LIMITS', '', 'at_risk_from 0.5'],
    ['that says limits and bands', `{ on_track_from: 0.9, ${BANDS} }`, 'BANDS', '.on_track_from', 'both say'],
    [
      'whose bands leave a gap',
      '{ bands: [{ from: 0.9, status: on_track }, { from: 0.1, status: at_risk }] }',
      'BANDS',
      '.bands.1',
      'below 0.1',
    ],
    ['that has bands where a child gives the status', `{ method: worst, ${BANDS} }`, 'BANDS', '.bands', 'worst'],
    ['that bands points where there are none', `{ bands_on: points, ${BANDS} }`, 'BANDS', '.bands_on', 'weighted_mean'],
    ['that says what bands are on and has none', '{ bands_on: score }', 'BANDS', '.bands_on', 'none here'],
    ['that says ties of a mean', '{ ties: best }', 'METHOD', '.ties', 'weighted_mean'],
    ['that says how many are best of all', '{ best: 2 }', 'METHOD', '.best', 'weighted_mean'],
    ['that takes the best of nobody knows how many', '{ method: best_of }', 'METHOD', '.method', 'how many'],
    ['that declares points and makes none', '{ method: best, possible: 10 }', 'METHOD', '.possible', 'best'],
  ])('%s', async (_, objective, code, path, says) => {
    expect(await problemsOf({ objective })).toEqual([
      { code: `CONFIG_ROLL_UP_${code}`, path: `objectives.0.roll_up${path}`, message: expect.stringContaining(says) },
    ]);
  });

  it('once, where it was written, and not at each node below', async () => {
    expect(await problemsOf({ scorecard: '{ on_track_from: 0.4 }' })).toMatchObject([{ path: 'scorecard.roll_up' }]);
  });

  it('whose steps leave nothing between 0 and 1', async () => {
    expect(await problemsOf({ objective: '{ round: { mode: half-up, step: 1 } }' })).toMatchObject([
      { code: 'CONFIG_INVALID_VALUE', path: 'objectives.0.roll_up.round.step' },
    ]);
  });

  it('that speaks of points for the whole site', async () => {
    expect(await problemsOf({ site: '{ possible: 100 }' })).toMatchObject([{ code: 'CONFIG_UNKNOWN_KEY' }]);
  });
});
