import { describe, expect, it } from 'vitest';
import { channelExam } from './channel-exam.js';
import { startHttpServer } from './http-test-server.js';
import { aMessage, facts, HUGE } from './message.js';
import { openOver, sendOver } from './send-over.js';

const KEY = 'R0ut1ngK3yOf32Characters00000000';
const options = (origin: string) => ({ routing_key: KEY, url: `${origin}/v2/enqueue` });

channelExam({ kind: 'pagerduty', options, secrets: [KEY] });

async function posted(message = aMessage({ about: facts() })) {
  await using server = await startHttpServer();
  const here = { allow_private: true, allowed_hosts: ['127.0.0.1'] };
  await sendOver('pagerduty', { ...options(server.origin), ...here }, message);
  const body = server.posts[0]?.body ?? '';
  const event: Record<string, unknown> & { payload: Record<string, unknown> } = JSON.parse(body);
  return { event, bytes: Buffer.byteLength(body), path: server.posts[0]?.url };
}

describe('the pagerduty channel', () => {
  it('triggers an incident when an alert opens', async () => {
    const { event, path } = await posted();
    expect(path).toBe('/v2/enqueue');
    expect(event).toEqual({
      routing_key: KEY,
      event_action: 'trigger',
      dedup_key: 'alert-7c1f',
      client: 'Plumbline',
      payload: {
        summary: 'MISSING · Knowledge articles reused · since 2026-W44',
        source: 'acme',
        severity: 'error',
        timestamp: '2026-11-09T06:30:00Z',
        component: 'measure/operations/knowledge-articles-reused',
        group: 'Northwind Technology Services',
        class: 'missing',
        custom_details: {
          summary: 'Knowledge articles reused has no value for 2026-W44, which was due on 5 November 2026.',
          reason: 'Three days of grace are over.',
          period: '2026-W44',
          details: ['Target: 120', 'The source was read and has no row for the week.'],
          owner: 'amara',
          for: 'Amara Osei',
        },
      },
    });
  });

  it.each([
    ['opened', 'trigger'],
    ['reopened', 'trigger'],
    ['acknowledged', 'acknowledge'],
    ['snoozed', 'acknowledge'],
    ['resolved', 'resolve'],
    ['something-new', 'trigger'],
  ])('says of an alert that was %s: %s', async (transition, action) => {
    const { event } = await posted(aMessage({ about: facts({ transition }) }));
    expect(event).toMatchObject({ event_action: action, dedup_key: 'alert-7c1f' });
    expect('payload' in event).toBe(action === 'trigger');
  });

  it.each([
    [facts({ kind: 'late' }), 'warning'],
    [facts({ kind: 'test' }), 'info'],
    [facts({ kind: 'something-new' }), 'warning'],
    [facts({ kind: 'late', severity: 'critical' }), 'critical'],
  ] as const)('has the severity that the rules say, or that of its kind: %#', async (about, severity) => {
    expect((await posted(aMessage({ about }))).event.payload).toMatchObject({ severity });
  });

  it('triggers an incident by words alone, where there is nothing else', async () => {
    expect((await posted(aMessage())).event).toMatchObject({
      event_action: 'trigger',
      payload: { summary: 'MISSING · Knowledge articles reused · since 2026-W44', severity: 'warning' },
    });
  });

  it('keeps to the limits of PagerDuty', async () => {
    const { event, bytes } = await posted({ ...HUGE, threadId: 'x'.repeat(300) });
    expect(bytes).toBeLessThan(512 * 1024);
    expect(String(event.payload['summary']).length).toBeLessThanOrEqual(1_024);
    expect(event['dedup_key']).toMatch(/^[0-9a-f]{64}$/);
  });

  it('opens for PagerDuty of both regions, by its usual address, and for no other host', async () => {
    await (await openOver('pagerduty', { routing_key: KEY })).close();
    await (await openOver('pagerduty', options('https://events.eu.pagerduty.com'))).close();
    await expect(openOver('pagerduty', options('https://events.example.com'))).rejects.toMatchObject({
      code: 'CHANNEL_HOST_REFUSED',
    });
  });
});
