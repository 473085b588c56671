import type { NodeChild } from '#src/activities/score/score-nodes.js';
import { canonical, decimal } from '#src/domain/value/decimal.js';
import type { DecimalText } from '#src/domain/value/types.js';
import { definedTree } from '../definition/defined-tree.js';
import { definitionText } from '../definition/definition-text.js';
import { type DefinitionSection, parentSentences, section } from '../definition/node-definition.js';
import { rollUpSentences } from '../definition/roll-up-words.js';
import { exactFigure, readableFigure } from '../figures.js';
import { noteSentences } from '../note-words.js';
import { STATUS_WORDS, statusText } from '../status-words.js';
import { localTime } from '../time-words.js';
import { statusSentence } from '../value-words.js';
import { calculationSentences } from './calculation-words.js';
import { type MadeScore, type NodeExplanation, namesOf } from './node-explanation.js';

/** Children that are listed; of more only how many. `--json` has all. */
const MOST_CHILDREN = 20;

/** How the score of an objective, perspective or scorecard is made, so that it can be computed again by hand. */
export function nodeExplainText(explained: NodeExplanation, width: number): string {
  const { address, name, made, notes, config } = explained;
  const sections = [
    section('What it is', whatItIs(explained)),
    section(`The period ${periodName(explained)}`, periodSentences(explained)),
    section('What people wrote', noteSentences(notes, config)),
    ...(made === undefined ? [] : madeSections(made, explained)),
  ];
  const filled = sections.filter(({ sentences, items }) => sentences.length + items.length > 0);
  return definitionText({ node: { name, address }, sections: filled }, width);
}

function whatItIs({ config, address }: NodeExplanation): readonly string[] {
  const defined = definedTree(config).at(address);
  return defined === undefined || defined.kind === 'measure' ? [] : parentSentences(defined, config);
}

function periodName({ asked, made }: NodeExplanation): string {
  if (made === undefined) return asked ?? 'to be shown';
  const { id, start, end } = made.stored.period;
  return `${id}, from ${start} to before ${end}${made.open ? ' (so far)' : ''}`;
}

function periodSentences({ made, found }: NodeExplanation): readonly string[] {
  if (made === undefined) {
    const { newest, count } = found.known;
    const more = count - newest.length;
    return count === 0
      ? ['Nothing has been rolled up for it yet.']
      : [
          'It was not rolled up in this period.',
          `It has scores or states of ${newest.join(', ')}${more > 0 ? ` and ${exactFigure(String(more))} earlier periods` : ''}.`,
        ];
  }
  const { stored, open, asOf, agrees } = made;
  return [
    statusSentence(stored),
    ...(open ? [`The period is not over: the score is partial, of what stands on ${asOf}, and may still change.`] : []),
    ...(stored.oldestData === undefined ? [] : [`The oldest value in it is of ${stored.oldestData}.`]),
    ...(agrees === true ? [] : [CHANGED[agrees]]),
  ];
}

const CHANGED = {
  rule: 'Its stored score was made by a rule or weights that the configuration has changed since; the next run makes it anew. What follows is by those of now.',
  children:
    'What is stored of its children has changed since its score was made; the next run makes it anew. What follows is of those of now.',
} as const;

function madeSections(made: MadeScore, explained: NodeExplanation): readonly DefinitionSection[] {
  const nameOf = namesOf(explained.config);
  const called = (node: string): string => `${nameOf(node)} (${node})`;
  const { entering, leftOut, children, rule } = made;
  return [
    section('How its score is made', rollUpSentences(rule)),
    section(`What enters: ${entering.length} of ${children.length}`, [], {
      items: capped(entering.map((child) => `${called(child.node)}: ${enteringWords(child, made)}`)),
    }),
    section(`What is left out: ${leftOut.length}`, [], {
      items:
        leftOut.length === 0
          ? []
          : capped(leftOut.map((child) => `${called(child.node)}: ${leftOutWords(child, made)}`)),
    }),
    section('The calculation, scores from 0 to 100', calculationSentences(made, nameOf)),
    section('Where it was computed', computedSentences(made, explained)),
  ];
}

function capped(items: readonly string[]): readonly string[] {
  const more = items.length - MOST_CHILDREN;
  return more > 0
    ? [...items.slice(0, MOST_CHILDREN), `and ${exactFigure(String(more))} more; all of them: --json`]
    : items;
}

/** `score about 60.5263, weight 2, ▲ at risk, of 2026-10` */
function enteringWords({ node, score, weight, period }: NodeChild, { children }: MadeScore): string {
  const own = children.find((child) => child.node === node);
  const stands = own?.score ?? score ?? '0';
  const enters = score === undefined || score === stands ? '' : `, entering as ${hundredfold(score)}`;
  const when = period === undefined ? '' : `, of ${period}`;
  return `score ${hundredfold(stands)}${enters}, weight ${weight}, ${statusText(own?.status)}${when}`;
}

function leftOutWords({ node, status, weight, tooOld, score }: NodeChild, { childScores }: MadeScore): string {
  if (status === 'unscored') return 'it is shown and never scored';
  if (tooOld !== undefined) return `weight ${weight}; its last value, of ${tooOld}, is too old to count`;
  if (score !== undefined) return `score ${hundredfold(score)}, but weight 0: it is shown and does not count`;
  const stored = childScores.get(node);
  if (stored === undefined) return `weight ${weight}; none of its periods is over and due yet`;
  const why = stored.reason === undefined ? '' : `: ${stored.reason}`;
  return `weight ${weight}; ${STATUS_WORDS[status].word} in ${stored.period.id}${why}`;
}

function computedSentences({ stored }: MadeScore, { run, config }: NodeExplanation): readonly string[] {
  const zone = config.site.timeZone;
  const by =
    run === undefined
      ? `Run ${stored.runId}`
      : `Run ${run.runId} (${run.trigger}, ${run.state}, configuration ${run.configRevision})`;
  return [`${by} computed it, at ${localTime(stored.scoredAt, zone)}.`];
}

function hundredfold(score: DecimalText): string {
  return readableFigure(canonical(decimal(score).times(100)));
}
