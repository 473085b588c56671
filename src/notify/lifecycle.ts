import { ALERT_KINDS, isAlertKind } from '#src/domain/alert/kinds.js';
import type { MessageFacts, Severity } from '#src/domain/message/types.js';

/** How an alert stands for services that keep alerts of their own: it holds, somebody has it in hand, it is over. */
export type Lifecycle = 'holds' | 'in_hand' | 'over';

/** By the transition that a message tells of; what is not known, holds. */
const LIFECYCLE: Readonly<Record<string, Lifecycle>> = {
  acknowledged: 'in_hand',
  snoozed: 'in_hand',
  resolved: 'over',
};

/** How the alert of a message stands. A message that is only words is taken for one that holds. */
export function lifecycleOf(about: MessageFacts | undefined): Lifecycle {
  return about === undefined ? 'holds' : (LIFECYCLE[about.transition] ?? 'holds');
}

/** What a kind is usually: the same through the life of an alert, as a rule's word need not be. */
export function usualSeverity(about: MessageFacts | undefined): Severity {
  const kind = about?.kind ?? '';
  if (kind === 'test') return 'info';
  return isAlertKind(kind) ? ALERT_KINDS[kind].severity : 'warning';
}

export function severityOf(about: MessageFacts | undefined): Severity {
  return about?.severity ?? usualSeverity(about);
}
