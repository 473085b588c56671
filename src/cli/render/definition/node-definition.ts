import { scorecardTree } from '#src/activities/score/scorecard-tree.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { isDerived, type Measure } from '#src/domain/measure/types.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { RollUpRule } from '#src/domain/rollup/types.js';
import { spellScoring } from '#src/domain/score/spell-scoring.js';
import { canonical, decimal } from '#src/domain/value/decimal.js';
import type { DecimalText } from '#src/domain/value/types.js';
import { exactFigure, figure } from '../figures.js';
import { definitionSentences } from '../measure-words.js';
import { alertSentences } from './alert-sentences.js';
import { calendarSentence, timeSentences } from './calendar-words.js';
import { type DefinedNode, definedTree, type StepUp, type WeightedNode } from './defined-tree.js';
import { policySentences } from './policy-words.js';
import { rollUpSentences } from './roll-up-words.js';
import { type DefinedSeries, definedSeries, seriesLines } from './series-words.js';

/** A heading and what stands under it: sentences and items, which may be wrapped, and lines, which may not. */
export interface DefinitionSection {
  readonly heading: string;
  readonly sentences: readonly string[];
  readonly items: readonly string[];
  readonly lines: readonly string[];
}

/** Everything that a configuration says of one node, in words and as data. */
export interface NodeDefinition {
  readonly node: DefinedNode;
  readonly sections: readonly DefinitionSection[];
  readonly series: readonly DefinedSeries[];
  /** Bands and score as configuration that says everything. */
  readonly scoring: readonly string[];
  readonly children: readonly WeightedNode[];
  readonly wayUp: readonly StepUp[];
  /** Addresses of the derived measures that are made of it. */
  readonly madeInto: readonly string[];
}

/** Children and derived measures that are named; of more than these only how many. */
const MOST_NAMED = 20;

/** What a node is, from the configuration alone. */
export function nodeDefinition(config: ResolvedConfig, node: DefinedNode, today: CalendarDate): NodeDefinition {
  const tree = definedTree(config);
  const children = tree.childrenOf(node);
  const wayUp = tree.wayUp(node);
  const measure = node.kind === 'measure' ? node.measure : undefined;
  const series = measure === undefined ? [] : definedSeries(measure, config, today);
  const scoring = measure === undefined ? [] : spellScoring(measure);
  const madeInto = measure === undefined ? [] : measuresMadeOf(measure, config);
  const own =
    node.kind === 'measure'
      ? measureSections(node.measure, { config, series, scoring, today })
      : parentSections(node, config, children);
  const sections = [...own, wayUpSection(node, wayUp), section('What is made of it', namedList(madeInto))];
  return {
    node,
    sections: sections.filter(({ sentences, items, lines }) => sentences.length + items.length + lines.length > 0),
    series,
    scoring,
    children,
    wayUp,
    madeInto,
  };
}

/** A part of a definition or explanation. */
export function section(
  heading: string,
  sentences: readonly string[],
  { items = [], lines = [] }: Partial<Pick<DefinitionSection, 'items' | 'lines'>> = {},
): DefinitionSection {
  return { heading, sentences, items, lines };
}

interface MeasureParts {
  readonly config: ResolvedConfig;
  readonly series: readonly DefinedSeries[];
  readonly scoring: readonly string[];
  readonly today: CalendarDate;
}

function measureSections(
  measure: Measure,
  { config, series, scoring, today }: MeasureParts,
): readonly DefinitionSection[] {
  const unscored = measure.direction === 'unscored';
  return [
    section('What it is', definitionSentences(measure, config)),
    section('When it is due', timeSentences(measure, config, today)),
    ...series.map((each) =>
      section(`Its ${each.name}`, [`It is ${each.source}.`], { items: seriesLines(each, measure) }),
    ),
    section(
      'How it is scored',
      unscored ? ['It is shown and not scored.'] : ['Written out in full, with presets and what was left out:'],
      { lines: scoring },
    ),
    ...(unscored ? [] : [section('When it raises an alert', alertSentences(measure, config))]),
    section('Who is told of its alerts', policySentences(measure, config)),
  ];
}

function parentSections(
  node: Exclude<DefinedNode, { kind: 'measure' }>,
  config: ResolvedConfig,
  children: readonly WeightedNode[],
): readonly DefinitionSection[] {
  const named = children.slice(0, MOST_NAMED).map(({ node: child, share }) => {
    const part = share === undefined ? 'not scored' : `weight ${child.weight ?? '1'}, ${percentFigure(share)}`;
    return `${child.name} (${child.address}): ${part}`;
  });
  const more = children.length - named.length;
  return [
    section('What it is', parentSentences(node, config)),
    section('How its score is made', rollUpSentences(node.rule)),
    section(
      `What it is made of: ${children.length}`,
      children.length === 0 ? ['Nothing counts for it, so it never has a score.'] : [],
      { items: more > 0 ? [...named, `and ${exactFigure(String(more))} more`] : named },
    ),
  ];
}

/** What an objective, perspective or scorecard is. */
export function parentSentences(
  node: Exclude<DefinedNode, { kind: 'measure' }>,
  config: ResolvedConfig,
): readonly string[] {
  const owned = (owner: string): string => `${config.people.find(({ id }) => id === owner)?.name ?? owner} owns it.`;
  switch (node.kind) {
    case 'objective': {
      const { owner, drives } = node.objective;
      const driven = drives.length === 0 ? [] : [`It is believed to drive ${drives.join(', ')}.`];
      return [`It is an objective. ${owned(owner)}`, ...driven];
    }
    case 'perspective':
      return ['It is a perspective.'];
    case 'scorecard': {
      const { scorecard } = node;
      const set = config.unitSets?.find(({ id }) => id === scorecard.forEach);
      return [
        `It is a scorecard, rolled up ${scorecard.frequency}. ${owned(scorecard.owner)}`,
        calendarSentence(scorecard, config.site),
        ...(set === undefined
          ? []
          : [`There is one below it for each of ${exactFigure(String(set.units.length))} units of "${set.id}".`]),
      ];
    }
  }
}

/** One line for each step up, and what all of them come to at the top. */
function wayUpSection(node: DefinedNode, wayUp: readonly StepUp[]): DefinitionSection {
  const steps = wayUp.map(({ above, weight, share }) => {
    const part = share === undefined ? '' : `, ${percentFigure(share)} of it`;
    return `${above.kind} "${above.name}" (${above.address}): weight ${weight}${part}`;
  });
  const total = totalShare(wayUp);
  const top = wayUp.at(-1)?.above;
  const isUnscored = node.kind === 'measure' && node.measure.direction === 'unscored';
  const whole =
    top === undefined || isUnscored || total === undefined || wayUp.length < 2
      ? []
      : [`in all ${percentFigure(total)} of "${top.name}", where everything has a score`];
  return section('What it counts for', [], { items: [...steps, ...whole] });
}

function percentFigure(share: DecimalText): string {
  const percent = canonical(decimal(share).times(100));
  return `${figure(percent, percent.includes('.') ? 1 : 0)} %`;
}

/** Known only where every score on the way is a weighted mean. */
function totalShare(wayUp: readonly StepUp[]): DecimalText | undefined {
  let total = decimal('1');
  for (const { above, share } of wayUp) {
    if (share === undefined || !('rule' in above) || !isWeightedMean(above.rule)) return undefined;
    total = total.times(share);
  }
  return canonical(total);
}

function isWeightedMean({ method }: RollUpRule): boolean {
  return method === undefined || method.kind === 'weighted_mean';
}

function measuresMadeOf({ address, id, scorecard }: Measure, config: ResolvedConfig): readonly string[] {
  const parent = config.scorecards.find((each) => each.address === scorecard)?.parent?.scorecard;
  const all = [...config.measures, ...(config.templates?.measures ?? [])];
  const above = all.filter(isDerived).filter((measure) => {
    const { derivation } = measure;
    if (derivation.kind === 'children') {
      return derivation.measure === id && measure.scorecard === parent && isBelow(scorecard, parent, config);
    }
    const inputs = derivation.kind === 'formula' ? Object.values(derivation.inputs) : [derivation.input];
    return inputs.some((input) => input.measure === address);
  });
  return above.map((each) => each.address);
}

function isBelow(scorecard: string, parent: string | undefined, config: ResolvedConfig): boolean {
  return (
    parent !== undefined &&
    scorecardTree(config)
      .childrenOf(parent)
      .some(({ address }) => address === scorecard)
  );
}

function namedList(addresses: readonly string[]): readonly string[] {
  if (addresses.length === 0) return [];
  const more = addresses.length - MOST_NAMED;
  const named = addresses.slice(0, MOST_NAMED).join(', ');
  return [more > 0 ? `${named} and ${exactFigure(String(more))} more` : `${named}.`];
}
