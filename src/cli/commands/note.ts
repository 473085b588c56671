import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { NoteRecord } from '#src/store/types.js';
import { authorOf } from '../alert/author-of.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { findExplained } from '../find-explained.js';
import { assertPeriodOf } from '../find-measure.js';
import { withApplied } from '../open-applied.js';
import { addressOfNode } from '../render/node/address-of-node.js';
import { printable } from '../render/text-width.js';

interface NoteOptions extends ConfigOption {
  readonly author?: string;
  readonly json?: true;
}

interface WrittenNote {
  readonly address: string;
  readonly period: string;
  readonly text: string;
}

const LONGEST_NOTE = 4_000;
const DOING = 'write a note on';

/** Keeps what a person writes about a measure or another node in a period. */
export function note(
  context: CommandContext,
  { address: written, period, text }: WrittenNote,
  { config: folder, author: by, json }: NoteOptions,
): CommandResult {
  return withApplied(context, folder, async ({ config, store }) => {
    const explained = findExplained(config, written, DOING);
    const { address, grain } =
      'node' in explained
        ? { address: addressOfNode(explained.node), grain: { ...explained.node.scorecard, kind: explained.node.kind } }
        : { address: explained.measure.address, grain: explained.measure };
    assertPeriodOf({ ...grain, address }, period, config, DOING);
    const author = authorOf(config.people, by, context.env);
    const record: NoteRecord = {
      node: address,
      periodId: period,
      text: checkedText(text, address, period),
      author: author.id,
      writtenAt: context.now(),
    };
    const earlier = await store.models.notesOf(address, period);
    await store.write((writer) => writer.addNote(record));
    const isSame = earlier.length === 0 ? '' : ' It is shown in place of the one before.';
    context.stdout.write(
      json
        ? `${JSON.stringify({ note: record, earlier }, null, 2)}\n`
        : `Noted by ${printable(author.name)} on ${address} in ${period}.${isSame}\n`,
    );
    return 0;
  });
}

function checkedText(written: string, address: string, period: string): string {
  const text = written.trim();
  if (text !== '' && text.length <= LONGEST_NOTE) return text;
  const what = text === '' ? 'the text is empty' : `the text has ${text.length.toLocaleString('en-US')} characters`;
  throw new PlumblineError('config', 'CLI_BAD_NOTE', `Cannot ${DOING} "${address}" in "${period}": ${what}.`, {
    remedy: `Write one to ${LONGEST_NOTE.toLocaleString('en-US')} characters, in quotes.`,
  });
}
