import type { MessageFacts } from '#src/domain/message/types.js';
import { lifecycleOf, severityOf } from '../lifecycle.js';
import { howBad, jointLines, leadWords, otherDetails, sinceWords, standingWords, whyWords } from './alert-words.js';
import type { Letter, LetterBar, LetterBlock } from './types.js';

/**
 * What a message about an alert says: what, since when, how bad, why, what happens next, where to look, what can be done, who
 * was told.
 */
export function alertLetter(facts: MessageFacts, recipientName: string): Letter {
  const { next, told, site, alert } = facts;
  const details = otherDetails(facts);
  const alerts = jointLines(facts);
  const blocks: readonly LetterBlock[] = [
    { kind: 'rows', rows: [['Since', sinceWords(facts)], ...howBad(facts)] },
    ...(alerts.length === 0 ? [] : [{ kind: 'list', heading: 'Each of them', lines: alerts } as const]),
    ...barsOf(facts),
    rowsOf(whyWords(facts)),
    ...(details.length === 0 ? [] : [{ kind: 'list', lines: details } as const]),
    rowsOf(next === undefined ? [] : [['Next', next]]),
    ...linksOf(facts),
    { kind: 'rows', rows: [['Told', told.join(', ')]] },
  ];
  return {
    greeting: `Hello ${recipientName},`,
    title: standingWords(facts),
    tone: toneOf(facts),
    lead: leadWords(facts),
    blocks: blocks.filter((block) => block.kind !== 'rows' || block.rows.length > 0),
    footer: `Plumbline for ${site}${alert === undefined ? '' : `, alert ${alert}`}`,
  };
}

function rowsOf(rows: readonly (readonly [string, string])[]): LetterBlock {
  return { kind: 'rows', rows };
}

function toneOf(facts: MessageFacts): Letter['tone'] {
  if (lifecycleOf(facts) === 'over') return 'good';
  const severity = severityOf(facts);
  if (severity === 'info') return 'neutral';
  return severity === 'warning' ? 'warning' : 'bad';
}

function barsOf({ figures }: MessageFacts): readonly LetterBlock[] {
  const bars = (figures?.recent ?? []).map(
    ({ period, bar, barPercent, valueText, targetText, status }): LetterBar => ({
      label: `${period}:`,
      ...(bar === undefined ? {} : { bar }),
      ...(barPercent === undefined ? {} : { percent: barPercent }),
      text: [
        valueText ?? 'no value',
        ...(targetText === undefined ? [] : [`target ${targetText}`]),
        status.replaceAll('_', ' '),
      ].join(', '),
    }),
  );
  return bars.length === 0 ? [] : [{ kind: 'bars', heading: 'The last periods', bars }];
}

/** One place to look and one thing to do; where no link does it, the command. */
function linksOf(facts: MessageFacts): readonly LetterBlock[] {
  const ids = facts.joint?.alerts.flatMap(({ alert }) => alert ?? []) ?? [facts.alert ?? ''];
  const links = (facts.links ?? []).filter(({ url }) => /^https?:\/\/[^\s"<>]+$/.test(url));
  const show = links.find(({ does }) => does === 'show');
  const acts = links.filter(({ does }) => does !== 'show');
  const command =
    acts.length > 0 || ids.join('') === '' || lifecycleOf(facts) !== 'holds'
      ? []
      : [
          {
            kind: 'command',
            label: 'To take it over',
            command: `plumbline alerts ack ${ids.join(' ')} --reason "…"`,
          } as const,
        ];
  return [
    ...(show === undefined ? [] : [{ kind: 'link', label: show.label, url: show.url, main: false } as const]),
    ...acts.map(({ label, url }, index) => ({ kind: 'link', label, url, main: index === 0 }) as const),
    ...command,
  ];
}
