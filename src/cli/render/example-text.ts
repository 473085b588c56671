import type { ExampleDifference, ExampleOutcome } from '#src/activities/example/example-types.js';
import { inputSentence } from './derived-words.js';
import { readableFigure } from './figures.js';
import { printable, wrapped } from './text-width.js';
import { counted } from './time-words.js';

const INDENT = '    ';

/** The examples that do not hold, each with what is different and why, and how many do. */
export function exampleText(outcomes: readonly ExampleOutcome[], width: number): string {
  if (outcomes.length === 0) return 'There are no examples. Add some under examples: in a scorecard file.\n';
  const failed = outcomes.filter(({ differences }) => differences.length > 0);
  const passed = outcomes.length - failed.length;
  const sum =
    failed.length === 0
      ? `${counted(passed, 'example')} passed.`
      : `${passed} of ${counted(outcomes.length, 'example')} passed.`;
  return `${failed.map((outcome) => `${failedText(outcome, width)}\n\n`).join('')}${sum}\n`;
}

function failedText(outcome: ExampleOutcome, width: number): string {
  const { example, measure, differences } = outcome;
  const [first, ...others] = differences.map((each) => differenceWords(each, outcome));
  const name = example.name === undefined ? '' : `, "${example.name}"`;
  const head = `✖ ${measure}, ${example.period.id}: ${first}`;
  const lines = [...others, ...whySentences(outcome), `${example.file}:${example.line}${name}`];
  const text = [head, ...lines].map((line) => wrapped(printable(line), width, INDENT)).join('\n');
  return text.slice(INDENT.length);
}

/** `expected value 50, got 66.7 (2 of 3 rows)` */
function differenceWords({ what, expected, got }: ExampleDifference, outcome: ExampleOutcome): string {
  if (what === 'reason') return `expected a reason with "${expected}", got ${got === 'none' ? 'a score' : `"${got}"`}`;
  const how = what === 'value' ? calculationWords(outcome) : '';
  return `expected ${what} ${expected}, got ${got}${how}`;
}

function calculationWords({ rows, numerator, denominator, value }: ExampleOutcome): string {
  const sides =
    numerator === undefined || denominator === undefined || value === undefined
      ? ''
      : `${readableFigure(numerator)} ÷ ${readableFigure(denominator)}`;
  const used = rows === undefined ? '' : `${rows.used} of ${counted(rows.given, 'row')}`;
  const both = [sides, used].filter((each) => each !== '').join(', ');
  return both === '' ? '' : ` (${both})`;
}

/** What tells why: no score, rows that did not enter the value, inputs that were not there. */
function whySentences({ score, rows, rejects, inputs = [], differences }: ExampleOutcome): readonly string[] {
  const saysReason = differences.some(({ what }) => what === 'reason');
  return [
    ...(score.scored || score.status === 'unscored' || saysReason ? [] : [`It has no score: ${score.reason}.`]),
    ...rejects.map(({ locator, column, raw, message, remedy }) => {
      const place = column === undefined ? locator : `${locator}, ${column}`;
      return `Rejected: ${place}, "${raw}": ${ended(message)} What would be right: ${ended(remedy)}`;
    }),
    ...leftOut(rows),
    ...inputs.map(inputSentence),
  ];
}

const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

function leftOut(rows: ExampleOutcome['rows']): readonly string[] {
  if (rows === undefined) return [];
  const counts = [
    ...(rows.filtered === 0 ? [] : [`${rows.filtered} by the filter`]),
    ...(rows.blank === 0 ? [] : [`${rows.blank} with a blank value`]),
    ...Object.entries(rows.skipped).map(([rule, count]) => `${count} (${rule.replaceAll('_', ' ')})`),
  ];
  return counts.length === 0 ? [] : [`Rows left out: ${counts.join(', ')}.`];
}
