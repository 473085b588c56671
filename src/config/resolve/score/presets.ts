import { addQuantities, quantityText, scaled } from '#src/domain/score/quantity.js';
import type { Quantity } from '#src/domain/score/types.js';
import { readBoolean } from '#src/domain/value/boolean-grammar.js';
import { canonical, decimal, divide } from '#src/domain/value/decimal.js';
import type { DecimalText } from '#src/domain/value/types.js';
import { below, type Place } from '../../problem-list.js';
import type { BandListSpec, BandsSpec, MapSpec, PresetSpec } from '../../spec/score-spec.js';
import type { ScoredDirection, ScoringContext } from './known.js';
import { resolveQuantity } from './quantity.js';

/** What a preset stands for, as one would write it out. */
export interface Spelled {
  /** Absent: the preset says nothing of statuses. */
  readonly bands?: BandsSpec;
  readonly map: MapSpec;
}

type Preset<Name extends PresetSpec['preset']> = Extract<PresetSpec, { readonly preset: Name }>;

/** Spells a preset in the words of bands and score map; `undefined` when one of its parts cannot be read. */
export function spellPreset(spec: PresetSpec, place: Place, context: ScoringContext): Spelled | undefined {
  switch (spec.preset) {
    case 'goal_red_flag':
      return goalRedFlag(spec, place, context);
    case 'two_colour':
      return twoColour(spec, place, context);
    case 'three_colour':
      return threeColour(spec, place, context);
    case 'in_band':
      return inBand(spec);
    case 'exact':
      return exact(spec);
    case 'baseline_progress':
      return baselineProgress(spec);
    case 'points':
      return pointSteps(spec, place, context);
    case 'yes_no':
      return yesNo(spec, place, context);
    case 'ordinal':
      return ordinal(spec, place, context);
  }
}

/** A third of the score at the red flag and two thirds at the goal make a line of three times the room between them. */
function goalRedFlag(spec: Preset<'goal_red_flag'>, place: Place, context: ScoringContext): Spelled | undefined {
  const [goal, red] = quantities(spec, ['goal', 'red'], place, context);
  const operator = betterThan(spec.preset, place, context);
  if (goal === undefined || red === undefined || operator === undefined) return undefined;
  const worst = addQuantities(scaled(red, '2'), goal, '-1');
  const best = addQuantities(scaled(goal, '2'), red, '-1');
  return {
    bands: limits(operator, goal, red),
    map: { basis: 'value', knots: [knot(worst, '0'), knot(best, spec.points ?? '1')] },
  };
}

function twoColour(spec: Preset<'two_colour'>, place: Place, context: ScoringContext): Spelled | undefined {
  const [worst, mid, best] = quantities(spec, ['worst', 'mid', 'best'], place, context);
  const operator = betterThan(spec.preset, place, context);
  if (worst === undefined || mid === undefined || best === undefined || operator === undefined) return undefined;
  return {
    bands: twoBands(`${operator} ${quantityText(mid)}`),
    map: {
      basis: 'value',
      knots: [knot(worst, '0'), knot(mid, part(spec.points, '2')), knot(best, spec.points ?? '1')],
    },
  };
}

function threeColour(spec: Preset<'three_colour'>, place: Place, context: ScoringContext): Spelled | undefined {
  const [worst, red, goal, best] = quantities(spec, ['worst', 'red', 'goal', 'best'], place, context);
  const operator = betterThan(spec.preset, place, context);
  if (worst === undefined || red === undefined || goal === undefined || best === undefined) return undefined;
  if (operator === undefined) return undefined;
  const third = part(spec.points, '3');
  const twoThirds = part(canonical(decimal(spec.points ?? '1').times(2)), '3');
  return {
    bands: limits(operator, goal, red),
    map: {
      basis: 'value',
      knots: [knot(worst, '0'), knot(red, third), knot(goal, twoThirds), knot(best, spec.points ?? '1')],
    },
  };
}

function inBand({ tolerance, points = '1' }: Preset<'in_band'>): Spelled {
  return {
    bands: { on_track: 'within 0 of target', at_risk: `within ${tolerance} of target` },
    map: {
      basis: 'distance_from_target',
      knots: [
        ['0', points],
        [canonical(decimal(tolerance).times(2)), '0'],
      ],
    },
  };
}

/** On the distance 0 the map jumps to the full score; the first knot only says that it comes from above. */
function exact({ points = '1' }: Preset<'exact'>): Spelled {
  return {
    bands: twoBands('within 0 of target'),
    map: {
      basis: 'distance_from_target',
      knots: [
        ['1', '0'],
        ['0', '0'],
        ['0', points],
      ],
    },
  };
}

function baselineProgress({ from, to, on_track, at_risk, points = '1' }: Preset<'baseline_progress'>): Spelled {
  const way = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  return {
    bands: { on_track: `progress >= ${on_track}%`, at_risk: `progress >= ${at_risk}%` },
    map: {
      basis: 'progress',
      ...way,
      knots: [
        ['0', '0'],
        ['1', points],
      ],
    },
  };
}

/**
 * Jumps at the steps, level between them. The last knot lies beyond the best step, on the side where values get better:
 * it shows the way the knots run, also where there is but one step.
 */
function pointSteps(spec: Preset<'points'>, place: Place, context: ScoringContext): Spelled | undefined {
  const operator = betterThan(spec.preset, place, context);
  const steps = spec.steps.map(([at], index) => resolveQuantity(at, below(place, 'steps', index, 0), context));
  const last = steps.at(-1);
  if (operator === undefined || last === undefined || !steps.every((step) => step !== undefined)) return undefined;
  const jumps = spec.steps.flatMap(([, points], index) => {
    const at = steps[index] ?? '0';
    return [knot(at, spec.steps[index - 1]?.[1] ?? spec.otherwise), knot(at, points)];
  });
  const beyond = addQuantities(last, operator === '>=' ? '1' : '-1');
  const end = knot(beyond, spec.steps.at(-1)?.[1] ?? '0');
  return { map: { basis: 'value', knots: [...jumps, end] } };
}

/** Of numbers 0 is no and 1 is yes; of two words in an order the worse is no, and the better yes. */
function yesNo({ points = '1' }: Preset<'yes_no'>, place: Place, context: ScoringContext): Spelled | undefined {
  const operator = betterThan('yes_no', place, context);
  if (operator === undefined || !areYesAndNo(place, context)) return undefined;
  const isYesGood = operator === '>=';
  const [no, yes] = context.labels === undefined ? ['0', '1'] : ['1', '2'];
  return {
    bands: twoBands(isYesGood ? `>= ${yes}` : `<= ${no}`),
    map: {
      basis: 'value',
      knots: [
        [no, isYesGood ? '0' : points],
        [yes, isYesGood ? points : '0'],
      ],
    },
  };
}

/** Words of a measure that yes or no is asked of are two, and yes is not the worse of them. */
function areYesAndNo(place: Place, { labels, problems }: ScoringContext): boolean {
  if (labels === undefined) return true;
  const [no = '', yes = ''] = labels;
  if (labels.length !== 2) {
    const message = `the preset yes_no needs two words, and the values are ${labels.join(', ')}`;
    problems.error('CONFIG_BAD_SCORE', below(place, 'preset'), message, 'use the preset ordinal');
    return false;
  }
  const [first, second] = [readBoolean(no), readBoolean(yes)];
  if (!first.ok || !second.ok || !first.value || second.value) return true;
  const message = `the order of the words, from worst to best, makes "${no}" the worse and "${yes}" the better answer`;
  const remedy = `let the order be [${yes}, ${no}]; where "${yes}" is the better answer, with direction: lower-is-better`;
  problems.error('CONFIG_BAD_SCORE', below(place, 'preset'), message, remedy);
  return false;
}

function ordinal(spec: Preset<'ordinal'>, place: Place, context: ScoringContext): Spelled | undefined {
  const { labels = [], problems } = context;
  if (labels.length < 2) {
    const message = 'the preset ordinal needs a measure whose values are words in an order';
    problems.error('CONFIG_BAD_SCORE', below(place, 'preset'), message, 'take the value from an ordinal column');
    return undefined;
  }
  const [goal, red] = quantities(spec, ['goal', 'red'], place, context);
  const operator = betterThan(spec.preset, place, context);
  if (goal === undefined || red === undefined || operator === undefined) return undefined;
  const [first, last]: readonly [DecimalText, DecimalText] = ['0', spec.points ?? '1'];
  const [low, high] = operator === '>=' ? [first, last] : [last, first];
  return {
    bands: limits(operator, goal, red),
    map: {
      basis: 'value',
      knots: [
        ['1', low],
        [String(labels.length), high],
      ],
    },
  };
}

/** The comparison that better values pass; told where the direction has none. */
function betterThan(preset: string, place: Place, { direction, problems }: ScoringContext): '>=' | '<=' | undefined {
  const operators: Readonly<Partial<Record<ScoredDirection, '>=' | '<='>>> = {
    'higher-is-better': '>=',
    'lower-is-better': '<=',
  };
  const operator = operators[direction];
  if (operator === undefined) {
    const message = `the preset ${preset} says nothing of a measure that is ${direction}`;
    problems.error('CONFIG_BAD_SCORE', below(place, 'preset'), message, 'use the preset in_band or exact');
  }
  return operator;
}

function quantities<Key extends string>(
  spec: Readonly<Record<Key, string>>,
  keys: readonly Key[],
  place: Place,
  context: ScoringContext,
): readonly (Quantity | undefined)[] {
  return keys.map((key) => resolveQuantity(spec[key], below(place, key), context));
}

function limits(operator: '>=' | '<=', onTrack: Quantity, atRisk: Quantity): BandsSpec {
  return { on_track: `${operator} ${quantityText(onTrack)}`, at_risk: `${operator} ${quantityText(atRisk)}` };
}

function twoBands(onTrack: string): BandListSpec {
  return [
    { when: onTrack, status: 'on_track' },
    { when: 'else', status: 'off_track' },
  ];
}

function knot(at: Quantity, score: DecimalText): [string, DecimalText] {
  return [quantityText(at), score];
}

/** A part of full points, at the places of every quotient. */
function part(points: DecimalText | undefined, of: DecimalText): DecimalText {
  return canonical(divide(decimal(points ?? '1'), decimal(of)));
}
