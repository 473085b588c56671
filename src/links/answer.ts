import { snoozeUntil } from '#src/domain/alert/snooze-until.js';
import { toFailure } from '#src/domain/failure/plumbline-error.js';
import type { Instant } from '#src/domain/period/types.js';
import type { AlertHistoryEntry } from '#src/store/read-models/types.js';
import { actedPage, askingPage } from './acting-pages.js';
import type { LinkPurpose } from './claims.js';
import { follow, type Ready, type Site } from './follow.js';
import type { LinkForm } from './form.js';
import { MAKES } from './standing.js';
import type { LinkDesk, LinkPage } from './types.js';

/** Another evaluation or person may come between looking and acting. */
const ATTEMPTS = 3;

/** What somebody sees who follows a link. Changes nothing. */
export async function answerLook(desk: LinkDesk, purpose: LinkPurpose, token: string): Promise<LinkPage> {
  const found = await follow(desk, purpose, token);
  return 'status' in found ? found : askingPage(found, purpose, token);
}

/** Does what a link is for, once the button was pressed; where it is done already, says so. */
export async function answerPress(desk: LinkDesk, purpose: LinkPurpose, form: LinkForm): Promise<LinkPage> {
  let before: Ready | undefined;
  for (let attempt = 1; ; attempt++) {
    const found = await follow(desk, purpose, form.token);
    // Of several alerts the rest may have come to its end since the first were acted on.
    if ('status' in found) return before === undefined ? found : actedPage(before, purpose, undefined);
    const at = desk.now();
    const until = purpose === 'snooze' ? endOf(form, at, found.config) : undefined;
    if (purpose === 'snooze' && until === undefined) {
      return {
        status: 400,
        title: 'For how long?',
        lines: ['Go back and choose one of the times. Nothing was changed.'],
      };
    }
    try {
      for (const entry of found.entries) await act(desk, purpose, form, { found, entry, at, until });
    } catch (error) {
      const { kind, code } = toFailure(error);
      if ((kind !== 'transient' && code !== 'CLI_ALERT_STATE') || attempt >= ATTEMPTS) throw error;
      before = found;
      continue;
    }
    return actedPage(before ?? found, purpose, until);
  }
}

async function act(
  desk: LinkDesk,
  purpose: LinkPurpose,
  form: LinkForm,
  { found, entry, at, until }: { found: Ready; entry: AlertHistoryEntry; at: Instant; until: Instant | undefined },
): Promise<void> {
  const { kind, subject, period, events } = entry;
  const { person, room } = found.claims;
  await desk.act(found.config, {
    alert: { kind, subject, period },
    transition: MAKES[purpose],
    author: person,
    reason: `${form.reason || 'no reason given'}${room === undefined ? '' : ` (by a link in "${room}")`}`,
    at,
    seenEvents: events,
    ...(until === undefined ? {} : { until }),
  });
  desk.logger.info({ purpose, person, kind, subject }, 'acted by a link');
}

function endOf({ snooze }: LinkForm, at: Instant, { site }: Site): Instant | undefined {
  return snooze === undefined ? undefined : snoozeUntil(snooze, at, site.timeZone);
}
