import { describe, expect, it } from 'vitest';
import { staleMessages } from '#src/domain/policy/stale-messages.js';

describe('staleMessages()', () => {
  it.each([
    ['what began and still holds is told', 'opened', 'opened'],
    ['what began and is over is told by nobody', 'opened resolved', ''],
    ['with all that was between', 'opened reminded acknowledged resolved', ''],
    ['nor to whom it was escalated meanwhile', 'escalated resolved', ''],
    ['whoever knew of it hears that it is over, and no more', 'reminded resolved', 'resolved'],
    ['also where it came and went again', 'resolved reopened resolved', 'resolved'],
    ['what came again after it was over is told', 'opened resolved reopened', 'reopened'],
    ['both are told where he knew of it', 'resolved reopened', 'resolved reopened'],
    ['a reminder beside news is none', 'opened reminded reminded', 'opened'],
    ['nor after a snooze', 'woken reminded', 'woken'],
    ['of reminders the last is told', 'reminded reminded reminded', 'reminded'],
    ['and none where somebody has taken it over', 'reminded acknowledged', 'acknowledged'],
    ['what is escalated is told beside what began', 'opened acknowledged', 'opened acknowledged'],
  ])('%s: %s', (_, waiting, told) => {
    const transitions = waiting.split(' ');
    const stale = staleMessages(transitions);
    expect(transitions.filter((_each, index) => !stale.includes(index)).join(' ')).toBe(told);
  });
});
