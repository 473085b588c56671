import { checkBandList } from '#src/domain/score/bands/check-band-list.js';
import { checkBands } from '#src/domain/score/bands/check-bands.js';
import { type BandWords, parseBand } from '#src/domain/score/bands/parse-band.js';
import type { Band } from '#src/domain/score/types.js';
import { decimal } from '#src/domain/value/decimal.js';
import { below, type Place } from '../../problem-list.js';
import type { BandListSpec, BandsSpec, ShortBandsSpec } from '../../spec/score-spec.js';
import type { ScoredDirection, ScoringContext } from './known.js';
import { resolveRanges } from './ranges.js';

const DEFAULT_BANDS: Readonly<Partial<Record<ScoredDirection, ShortBandsSpec>>> = {
  'higher-is-better': { on_track: '>= 100% of target', at_risk: '>= 90% of target' },
  'lower-is-better': { on_track: '<= 100% of target', at_risk: '<= 110% of target' },
};

const EXAMPLES: Readonly<Record<ScoredDirection, string>> = {
  'higher-is-better': "on_track: '>= 100% of target', at_risk: '>= 90% of target'",
  'lower-is-better': "on_track: '<= 100% of target', at_risk: '<= 110% of target'",
  'in-band': "on_track: 'within 0 of target', at_risk: 'within 5 of target'",
  exact: "on_track: 'within 0 of target', at_risk: 'within 1 of target'",
};

/** The bands of a measure, the first that holds counting; none when something is wrong with them. */
export function resolveBands(
  given: BandsSpec | undefined,
  words: BandWords,
  place: Place,
  context: ScoringContext,
): readonly Band[] {
  const { direction, problems } = context;
  const spec = given ?? DEFAULT_BANDS[direction];
  if (spec === undefined) {
    const message = `bands is missing: there is no default for ${direction}`;
    problems.error('CONFIG_MISSING_KEY', place, message, `add bands: { ${EXAMPLES[direction]} }`);
    return [];
  }
  if ('ranges' in spec) return resolveRanges(spec, words, place, context);
  const isShort = 'on_track' in spec;
  const bands = isShort ? shortBands(spec, words, place, context) : listedBands(spec, words, place, context);
  if (bands === undefined) return [];
  const faults = isShort ? checkBands(direction, bands) : checkBandList(direction, bands);
  for (const fault of faults) problems.error('CONFIG_BAD_BANDS', place, fault, remedyFor(isShort, direction));
  return faults.length === 0 ? bands : [];
}

function remedyFor(isShort: boolean, direction: ScoredDirection): string {
  return isShort
    ? `such as ${EXAMPLES[direction]}`
    : 'the first band that holds counts: put them from one end of the values to the other, and end with when: else';
}

function shortBands(
  spec: ShortBandsSpec,
  words: BandWords,
  place: Place,
  context: ScoringContext,
): readonly Band[] | undefined {
  const onTrack = readBand({ status: 'on_track', when: spec.on_track }, words, below(place, 'on_track'), context);
  const atRisk = readBand({ status: 'at_risk', when: spec.at_risk }, words, below(place, 'at_risk'), context);
  if (onTrack === undefined || atRisk === undefined) return undefined;
  return [onTrack, atRisk, { status: 'off_track', basis: onTrack.basis, operator: 'else', text: 'else' }];
}

function listedBands(
  specs: BandListSpec,
  words: BandWords,
  place: Place,
  context: ScoringContext,
): readonly Band[] | undefined {
  const bands = specs.map((spec, index) => readBand(spec, words, below(place, index, 'when'), context));
  return bands.every((band) => band !== undefined) ? bands : undefined;
}

function readBand(
  { status, when, label }: Pick<BandListSpec[number], 'status' | 'when'> & { readonly label?: string | undefined },
  words: BandWords,
  place: Place,
  { problems, hasPoints }: ScoringContext,
): Band | undefined {
  const named = label === undefined ? {} : { label };
  if (when.trim() === 'else') return { status, basis: 'value', operator: 'else', ...named, text: 'else' };
  const reading = parseBand(when, words);
  if (!reading.ok) {
    problems.error('CONFIG_BAD_BAND', place, reading.message, reading.remedy);
    return undefined;
  }
  const { basis, operator, limit, also } = reading;
  if (basis === 'score' && !hasPoints && typeof limit === 'string' && isTiny(limit)) {
    const message = `"${when}" compares with a score of 0 to 100, of which ${limit} is next to nothing`;
    problems.warn(
      'CONFIG_BAND_SCALE',
      place,
      message,
      'write scores as they are shown, such as 70 for 0.7; or declare points',
    );
  }
  return { status, basis, operator, limit, ...(also === undefined ? {} : { also }), ...named, text: when };
}

function isTiny(limit: string): boolean {
  return decimal(limit).greaterThan(0) && decimal(limit).lessThanOrEqualTo(1);
}
