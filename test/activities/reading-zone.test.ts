import { expect, it } from 'vitest';
import { readingZone } from '#src/activities/deliver/hours-of.js';
import type { ChannelKind } from '#src/config/types.js';

const site = { timeZone: 'Europe/Berlin' };
const away = { timeZone: 'America/New_York' };

it.each(['email', 'file'] as const satisfies ChannelKind[])('is that of the person over %s', (kind) => {
  expect(readingZone(kind, away, site)).toBe('America/New_York');
  expect(readingZone(kind, {}, site)).toBe('Europe/Berlin');
});

it.each(['slack', 'teams', 'webhook', 'alertmanager', 'pagerduty'] as const satisfies ChannelKind[])(
  'is that of the site over %s, which several read',
  (kind) => {
    expect(readingZone(kind, away, site)).toBe('Europe/Berlin');
  },
);
