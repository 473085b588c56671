import { changeMessages, type MessageAct } from '#src/activities/watch/change-messages.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { composeAlertMessage } from '#src/notify/alert-message.js';
import type { OutboxRecord, ReportingStore } from '#src/store/types.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { type AppliedSite, withApplied } from '../open-applied.js';
import { outboxJson, outboxText } from '../render/outbox-list.js';
import { USUAL_WIDTH } from '../render/text-width.js';
import { counted } from '../render/time-words.js';

/** Which of the undelivered messages are meant. */
interface Chosen extends ConfigOption {
  readonly channel?: string;
  readonly all?: true;
}

/** Messages that wait or were given up, each with why. */
export function outboxList(
  context: CommandContext,
  { config: folder, json }: ConfigOption & { readonly json?: true },
): CommandResult {
  return withApplied(context, folder, async ({ config, store }) => {
    const messages = await store.outbox.undelivered();
    const { stdout } = context;
    if (json) stdout.write(`${JSON.stringify(outboxJson(messages), null, 2)}\n`);
    else stdout.write(outboxText(messages, config.site.timeZone, stdout.columns ?? USUAL_WIDTH));
    return 0;
  });
}

/** Makes messages due at once: those that wait, and those that were given up. The next delivery sends them. */
export function outboxRetry(context: CommandContext, ids: readonly string[], options: Chosen): CommandResult {
  return withApplied(context, options.config, async (site) => {
    const changed = await change(context, site, await chosenOf(site.store, 'try again', ids, options), {
      act: 'retry',
    });
    context.stdout.write(`${counted(changed, 'message')} will be sent by the next delivery.\n`);
    return 0;
  });
}

/** Leaves messages unsent for good. They stay in the outbox, with who dropped them and why. */
export function outboxDrop(
  context: CommandContext,
  ids: readonly string[],
  options: Chosen & { readonly reason: string },
): CommandResult {
  return withApplied(context, options.config, async (site) => {
    const chosen = await chosenOf(site.store, 'drop', ids, options);
    const changed = await change(context, site, chosen, { act: 'drop', detail: `dropped: ${options.reason}` });
    context.stdout.write(`${counted(changed, 'message')} dropped.\n`);
    return 0;
  });
}

function change(
  context: CommandContext,
  { config, store }: AppliedSite,
  messages: readonly OutboxRecord[],
  act: MessageAct,
): Promise<number> {
  return changeMessages(store, { config, recordedAt: context.now(), composeAlert: composeAlertMessage }, messages, act);
}

async function chosenOf(
  store: ReportingStore,
  action: string,
  ids: readonly string[],
  { channel, all }: Chosen,
): Promise<readonly OutboxRecord[]> {
  const messages = (await store.outbox.undelivered()).filter(
    (each) => channel === undefined || each.channel === channel,
  );
  if (ids.length === 0 && channel === undefined && all === undefined) {
    throw new PlumblineError('config', 'CLI_NO_MESSAGE_CHOSEN', `Cannot ${action}: it is not said which messages.`, {
      remedy: 'Give ids as "plumbline outbox" lists them, --channel with a name, or --all.',
    });
  }
  return ids.length === 0 ? messages : ids.map((id) => messageOf(messages, action, id));
}

/** The message whose id begins so: what is long is typed in part. */
function messageOf(messages: readonly OutboxRecord[], action: string, id: string): OutboxRecord {
  const found = messages.filter(({ messageId }) => messageId.startsWith(id));
  const [message] = found;
  if (message !== undefined && found.length === 1) return message;
  const why = found.length === 0 ? 'no message that waits or was given up has' : `${found.length} messages have`;
  throw new PlumblineError(
    'config',
    'CLI_UNKNOWN_MESSAGE',
    `Cannot ${action} the message "${id}": ${why} an id that begins so.`,
    { remedy: 'Give an id as "plumbline outbox" lists it; what was sent or dropped is not among them.' },
  );
}
