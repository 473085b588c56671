import type { ChannelConfig, ResolvedConfig } from '#src/config/types.js';
import type { OpenChannel } from '#src/notify/types.js';
import type { ChannelTraffic } from '#src/store/read-models/types.js';
import type { ReportingStore } from '#src/store/types.js';
import { counted, localTime } from '../render/time-words.js';
import { type Finding, failed } from './finding.js';

/** Whether each channel can be opened, what it delivered last, and what waits or was lost. Nothing is sent. */
export async function channelHealth(
  store: ReportingStore | undefined,
  { site }: ResolvedConfig,
  open: OpenChannel,
): Promise<readonly Finding[]> {
  const traffic = store === undefined ? [] : await store.models.channelTraffic();
  const lost = store === undefined ? [] : await store.read.lostMessages();
  const findings: Finding[] = [];
  for (const { id } of site.channels) {
    try {
      await (await open(id)).close();
    } catch (error) {
      findings.push(failed('channel', error, id));
      continue;
    }
    const own = traffic.find(({ channel }) => channel === id);
    findings.push(trafficFinding(id, own, lost.filter(({ channel }) => channel === id).length, site.timeZone));
  }
  return [...findings, ...aloneFinding(site.channels)];
}

function trafficFinding(id: string, traffic: ChannelTraffic | undefined, lost: number, timeZone: string): Finding {
  const finding = { area: 'channel', subject: id } as const;
  const sentAt = traffic?.lastSentAt;
  const last =
    sentAt === undefined ? 'Nothing was sent over it yet' : `The last message was sent ${localTime(sentAt, timeZone)}`;
  const waiting = traffic?.waiting ?? 0;
  if (lost > 0) {
    return {
      ...finding,
      health: 'fail',
      says: `${counted(lost, 'message')} lost over it, ${waiting} waiting. ${last}.`,
      remedy: `Mend it, then "plumbline outbox retry --channel ${id}", or "plumbline outbox drop".`,
    };
  }
  const from = traffic?.failingFrom;
  if (from !== undefined) {
    return {
      ...finding,
      health: 'warn',
      says: `${counted(waiting, 'message')} waiting, tried in vain since ${localTime(from, timeZone)}. ${last}.`,
      remedy: `"plumbline outbox" says why; "plumbline notify test ${id}" tries it now.`,
    };
  }
  return {
    ...finding,
    health: 'ok',
    says: `${last}${waiting === 0 ? '' : `; ${counted(waiting, 'message')} waiting`}.`,
  };
}

/** As the lint `one_channel` has it: a file loses nothing on the way. */
function aloneFinding(channels: readonly ChannelConfig[]): readonly Finding[] {
  const [only, ...others] = channels;
  if (others.length > 0 || only?.kind === 'file') return [];
  const says =
    only === undefined
      ? 'There is none: nobody is told of anything.'
      : `"${only.id}" is the only one: nobody could be told that its messages are lost.`;
  return [{ area: 'channel', health: 'warn', says, remedy: 'Add a channel of another kind to site.yaml.' }];
}
