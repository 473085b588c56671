import type { Measure } from '../measure/types.js';
import { addDays } from '../period/period-instants.js';
import { bandText, subjectText } from './bands/band-text.js';
import { basisText } from './basis/basis-text.js';
import { type LabelText, quantityText, quotedLabels } from './quantity.js';
import type { Band, ScoreMap, ScoreRule } from './types.js';

/**
 * The bands and the score of a measure as configuration that says everything, line by line: presets and what was left
 * out are written in full. Read again, the lines give the same bands and score. Empty for an unscored measure.
 */
export function spellScoring({ bands, scoreMap, labels }: Pick<Measure, 'bands' | 'scoreMap' | 'labels'>): string[] {
  if (bands.length === 0 || scoreMap === undefined) return [];
  return [...spelledBands(bands, quotedLabels(labels)), ...spelledScore(scoreMap)];
}

function spelledBands(bands: readonly Band[], labelText: LabelText): readonly string[] {
  const [onTrack, atRisk, rest, ...more] = bands;
  const isShort =
    onTrack?.status === 'on_track' &&
    atRisk?.status === 'at_risk' &&
    rest?.status === 'off_track' &&
    rest.operator === 'else' &&
    more.length === 0 &&
    bands.every(({ label }) => label === undefined);
  if (isShort) {
    const [first, second] = [onTrack, atRisk].map((band) => quoted(bandText(band, labelText)));
    return ['bands:', `  on_track: ${first}`, `  at_risk: ${second}`];
  }
  if (bands.at(-1)?.operator !== 'else') return spelledRanges(bands);
  return ['bands:', ...bands.map((band) => listed(band, labelText))];
}

function listed(band: Band, labelText: LabelText): string {
  return `  - { when: ${quoted(bandText(band, labelText))}, status: ${band.status}${labelOf(band)} }`;
}

/** Bands without an `else` were written as ranges, and can be nothing else. */
function spelledRanges(bands: readonly Band[]): readonly string[] {
  const operators = bands.flatMap(({ operator, also }) => [operator, also?.operator]);
  const inclusive = operators.includes('>') ? 'upper' : operators.includes('<') ? 'lower' : 'both';
  const basis = bands[0]?.basis ?? 'value';
  const subject =
    basis === 'percent_of_target' || (typeof basis === 'object' && basis.kind === 'percent_of')
      ? basisText(basis).replaceAll('_', ' ')
      : subjectText(basis);
  const ranges = bands.map((band) => {
    const { operator, limit = '0', also } = band;
    const ends = operator.startsWith('>')
      ? [`from: ${quantityText(limit)}`, ...(also === undefined ? [] : [`to: ${quantityText(also.limit)}`])]
      : [`to: ${quantityText(limit)}`];
    return `    - { ${ends.join(', ')}, status: ${band.status}${labelOf(band)} }`;
  });
  return ['bands:', `  on: ${subject}`, `  inclusive: ${inclusive}`, '  ranges:', ...ranges];
}

function labelOf({ label }: Band): string {
  return label === undefined ? '' : `, label: ${quoted(label)}`;
}

function spelledScore(rule: ScoreRule): readonly string[] {
  if (!('bestOf' in rule)) return ['score:', ...pointsLine(rule), ...mapLines(rule).map((line) => `  ${line}`)];
  const maps = rule.bestOf.flatMap((map) =>
    mapLines(map).map((line, index) => `    ${index === 0 ? '- ' : '  '}${line}`),
  );
  return ['score:', ...pointsLine(rule.bestOf[0]), '  best_of:', ...maps];
}

function pointsLine(map: ScoreMap | undefined): readonly string[] {
  return map?.points === undefined ? [] : [`  points: ${map.points}`];
}

function mapLines({ basis, knots, below, beyond, round, limit }: ScoreMap): readonly string[] {
  const pairs = knots.map(({ at, score }) => `[${quantityText(at)}, ${score}]`).join(', ');
  return [
    `basis: ${basisText(basis)}`,
    ...wayLines(basis),
    `knots: [${pairs}]`,
    ...(below === undefined ? [] : [`below: ${below}`]),
    ...(beyond === undefined ? [] : [`beyond: ${beyond}`]),
    ...(round === undefined ? [] : [`round: { ${roundParts(round).join(', ')} }`]),
    ...(limit === undefined ? [] : [`limit: ${limit}`]),
  ];
}

function wayLines(basis: ScoreMap['basis']): readonly string[] {
  if (typeof basis === 'string' || !('from' in basis)) return [];
  const way = [`from: ${quantityText(basis.from)}`, `to: ${quantityText(basis.to)}`];
  if (basis.kind === 'progress') return way;
  return [...way, `start: ${basis.start}`, `end: ${addDays(basis.end, -1)}`, `growth: ${basis.growth}`];
}

function roundParts({ mode, step, min, max }: NonNullable<ScoreMap['round']>): readonly string[] {
  return [
    `mode: ${mode}`,
    `step: ${step}`,
    ...(min === undefined ? [] : [`min: ${min}`]),
    ...(max === undefined ? [] : [`max: ${max}`]),
  ];
}

function quoted(text: string): string {
  if (text.includes("'") && !/["\\]/.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", "''")}'`;
}
