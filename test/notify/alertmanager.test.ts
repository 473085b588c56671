import { describe, expect, it } from 'vitest';
import { channelExam } from './channel-exam.js';
import { startHttpServer } from './http-test-server.js';
import { aMessage, facts } from './message.js';
import { openOver, sendOver } from './send-over.js';

const options = (origin: string) => ({
  url: `${origin}/alertmanager/`,
  labels: { team: 'operations' },
  headers: { Authorization: 'Basic cGx1bWJsaW5lOmh1bnRlcjI=' },
});

channelExam({ kind: 'alertmanager', options, secrets: ['cGx1bWJsaW5lOmh1bnRlcjI='] });

async function posted(message = aMessage({ about: facts() }), change: Record<string, unknown> = {}) {
  await using server = await startHttpServer();
  const result = await sendOver('alertmanager', { ...options(server.origin), allow_private: true, ...change }, message);
  expect(result.outcome).toBe('sent');
  const alerts: Record<string, unknown>[] = JSON.parse(server.posts[0]?.body ?? '');
  return { alerts, post: server.posts[0] };
}

const labels = {
  team: 'operations',
  alertname: 'PlumblineMissing',
  subject: 'measure/operations/knowledge-articles-reused',
  period: '2026-W44',
  site: 'acme',
  severity: 'error',
};

describe('the alertmanager channel', () => {
  it('raises an alert that holds, below the path of the url', async () => {
    const { alerts, post } = await posted();
    expect(post?.url).toBe('/alertmanager/api/v2/alerts');
    expect(post?.headers).toMatchObject({ authorization: 'Basic cGx1bWJsaW5lOmh1bnRlcjI=' });
    expect(alerts).toEqual([
      {
        labels,
        annotations: {
          summary: 'MISSING · Knowledge articles reused · since 2026-W44',
          description: 'Knowledge articles reused has no value for 2026-W44, which was due on 5 November 2026.',
          for: 'Amara Osei',
          name: 'Knowledge articles reused',
          reason: 'Three days of grace are over.',
          details: 'Target: 120\nThe source was read and has no row for the week.',
          owner: 'amara',
          severity: 'error',
        },
        startsAt: '2026-11-09T06:30:00Z',
        endsAt: '2027-02-07T06:30:00Z',
      },
    ]);
  });

  it('ends it, under the same labels, when it is resolved', async () => {
    const about = facts({
      transition: 'resolved',
      at: '2026-11-10T06:30:00Z',
      sequence: 1,
      owner: 'lena',
      severity: 'info',
    });
    const { alerts } = await posted(aMessage({ about }));
    expect(alerts).toMatchObject([{ labels, endsAt: '2026-11-10T06:30:00Z' }]);
    expect(alerts[0]).not.toHaveProperty('startsAt');
  });

  it.each(['acknowledged', 'snoozed', 'reopened'])('lets an alert hold that was %s', async (transition) => {
    const { alerts } = await posted(aMessage({ about: facts({ transition }) }));
    expect(alerts).toMatchObject([{ labels, endsAt: '2027-02-07T06:30:00Z' }]);
  });

  it('holds as long as it is told to', async () => {
    const { alerts } = await posted(undefined, { hold_days: 2 });
    expect(alerts).toMatchObject([{ endsAt: '2026-11-11T06:30:00Z' }]);
  });

  it('lets that of a test end by itself', async () => {
    const { alerts } = await posted(aMessage({ about: facts({ kind: 'test' }) }));
    expect(alerts).toMatchObject([
      { labels: { alertname: 'PlumblineTest', severity: 'info' }, endsAt: '2026-11-09T06:40:00Z' },
    ]);
  });

  it('names an alert by its kind, and keeps its own labels from those of the operator', async () => {
    const { alerts } = await posted(aMessage({ about: facts({ kind: 'off_track' }) }), {
      labels: { alertname: 'Mine', site: 'x' },
    });
    expect(alerts).toMatchObject([{ labels: { alertname: 'PlumblineOffTrack', site: 'acme' } }]);
  });

  it('tells messages that are only words apart by their thread', async () => {
    const { alerts } = await posted(aMessage());
    expect(alerts).toMatchObject([
      {
        labels: { alertname: 'PlumblineMessage', thread: 'alert-7c1f', severity: 'warning' },
        startsAt: '2026-11-09T06:30:05.000Z',
      },
    ]);
  });

  it.each([{ labels: { '1st': 'x' } }, { labels: { team: '' } }, { hold_days: 0 }])(
    'does not open with %j',
    async (change) => {
      await expect(openOver('alertmanager', { ...options('https://example.com'), ...change })).rejects.toMatchObject({
        code: 'CHANNEL_OPTIONS_INVALID',
      });
    },
  );
});
