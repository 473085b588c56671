import { z } from 'zod';
import { problemOfHeader } from '#connectors/sdk/http/header-names.js';
import type { Path } from '../problem-list.js';
import { REFERENCE_FORMS, Text, wholeNumber } from './scalars.js';
import { secretPaths } from './schema-walk.js';

const EmailChannelSpec = z.strictObject({
  kind: z.literal('email').describe('Mail over SMTP.'),
  url: Text.describe('smtp:// or smtps:// address of the mail server; credentials only as references.'),
  from: Text.describe("Sender: 'Plumbline <plumbline@example.com>'."),
  require_tls: z.boolean().optional().describe('Refuse to send over an unencrypted connection.'),
});

const FileChannelSpec = z.strictObject({
  kind: z.literal('file').describe('One text file that messages are appended to.'),
  path: Text.describe('The file; a relative path starts at the config folder.'),
});

export const Host = Text.regex(/^((\*\.)?[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])$/, {
  error: ({ input }) => `"${String(input)}" is no host`,
}).meta({
  remedy: 'write a host without scheme and port: hooks.example.com, or *.example.com for every host below it',
});

/** What every channel takes that posts to a url. */
export const httpFields = {
  allowed_hosts: z
    .array(Host)
    .min(1)
    .optional()
    .describe('Of channels that post to a url: hosts it may lead to; *.example.com is every host below example.com.'),
  allow_private: z
    .boolean()
    .optional()
    .describe(
      'Of channels that post to a url: whether its host may have a private address or be this machine (default false). It may then also be http:// where it is this machine, or is named in full in a list of allowed hosts.',
    ),
  timeout_seconds: wholeNumber(1, 60)
    .optional()
    .describe('Of channels that post to a url: how long an answer is waited for (default 20).'),
  ca: Text.optional().describe(
    'Of channels that post to a url: PEM file of the certificate authority; a relative path starts at the config folder. Default: the public ones.',
  ),
};

const HeaderName = z
  .string()
  .refine((name) => problemOfHeader(name) === undefined, {
    error: ({ input }) => `"${String(input)}" ${problemOfHeader(String(input)) ?? ''}`,
  })
  .meta({ remedy: 'name another header, such as Authorization' });

const headers = z
  .record(HeaderName, z.string().meta({ secret: true }))
  .optional()
  .describe(`Further request headers; their values are references: ${REFERENCE_FORMS}.`);

const WebhookChannelSpec = z.strictObject({
  kind: z.literal('webhook').describe('CloudEvents posted to a url, signed.'),
  url: Text.describe('https:// address that messages are posted to; may be a reference, or hold some.'),
  signing_secret: z
    .string()
    .meta({ secret: true })
    .describe(`What messages are signed with, of 16 characters or more, as a reference: ${REFERENCE_FORMS}.`),
  next_signing_secret: z
    .string()
    .meta({ secret: true })
    .optional()
    .describe('While the secret is changed: the new one. Messages are then signed with both.'),
  headers,
  ...httpFields,
});

const PagerDutyChannelSpec = z.strictObject({
  kind: z.literal('pagerduty').describe('Incidents in PagerDuty, by its Events API v2.'),
  routing_key: z
    .string()
    .meta({ secret: true })
    .describe(`Integration key of a service, as a reference: ${REFERENCE_FORMS}.`),
  url: Text.optional().describe(
    'Where events are posted to: https://events.pagerduty.com/v2/enqueue when left out; in the EU https://events.eu.pagerduty.com/v2/enqueue.',
  ),
  ...httpFields,
});

const SlackChannelSpec = z.strictObject({
  kind: z.literal('slack').describe('A room in Slack, by an incoming webhook.'),
  url: Text.meta({ secret: true }).describe(
    `Address of the incoming webhook, a secret, as a reference: ${REFERENCE_FORMS}.`,
  ),
  ...httpFields,
});

const TeamsChannelSpec = z.strictObject({
  kind: z.literal('teams').describe('A chat or channel in Microsoft Teams, by a workflow.'),
  url: Text.meta({ secret: true }).describe(`Address of the workflow, a secret, as a reference: ${REFERENCE_FORMS}.`),
  ...httpFields,
});

const LabelName = z
  .string()
  .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, { error: ({ input }) => `"${String(input)}" is no name of a label` })
  .meta({ remedy: 'use letters, digits and _, not beginning with a digit: team' });

const AlertmanagerChannelSpec = z.strictObject({
  kind: z.literal('alertmanager').describe("Alerts in Prometheus' Alertmanager, by its API v2."),
  url: Text.describe('https:// address of Alertmanager, without /api/v2/alerts; may be a reference, or hold some.'),
  labels: z.record(LabelName, Text).optional().describe('Further labels of every alert, to route by.'),
  hold_days: wholeNumber(1, 3660).optional().describe('Days that an alert holds of which no end is told (default 90).'),
  headers,
  ...httpFields,
});

/** A way to tell people. Each kind has the options that its definition in src/notify takes. */
export const ChannelSpec = z.discriminatedUnion('kind', [
  AlertmanagerChannelSpec,
  EmailChannelSpec,
  FileChannelSpec,
  PagerDutyChannelSpec,
  SlackChannelSpec,
  TeamsChannelSpec,
  WebhookChannelSpec,
]);
export type ChannelSpec = z.infer<typeof ChannelSpec>;

/** Paths of the options of a channel that are secrets: what is one of this kind need be none of another. */
export function channelSecrets(channel: ChannelSpec): readonly Path[] {
  const spec = ChannelSpec.options.find(({ shape }) => shape.kind.value === channel.kind);
  return spec === undefined ? [] : secretPaths(spec, channel);
}
