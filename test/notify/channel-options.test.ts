// The configuration checks a channel's options before any channel is loaded, so both write them down: they must agree.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ChannelSpec } from '#src/config/spec/channel-spec.js';
import type { ChannelKind } from '#src/config/types.js';
import { alertmanagerChannel } from '#src/notify/alertmanager/definition.js';
import { emailChannel } from '#src/notify/email/definition.js';
import { fileChannel } from '#src/notify/file/definition.js';
import { pagerDutyChannel } from '#src/notify/pagerduty/definition.js';
import { slackChannel } from '#src/notify/slack/definition.js';
import { teamsChannel } from '#src/notify/teams/definition.js';
import { webhookChannel } from '#src/notify/webhook/definition.js';

const DEFINITIONS: Readonly<Record<ChannelKind, { readonly kind: string; readonly options: z.ZodType }>> = {
  alertmanager: alertmanagerChannel,
  email: emailChannel,
  file: fileChannel,
  pagerduty: pagerDutyChannel,
  slack: slackChannel,
  teams: teamsChannel,
  webhook: webhookChannel,
};

/** Its options by name: whether they may be left out. */
function optionsOf(schema: unknown): Readonly<Record<string, boolean>> {
  if (!(schema instanceof z.ZodObject)) throw new TypeError('not a schema of a map');
  const entries = Object.entries(schema.shape);
  return Object.fromEntries(entries.map(([name, option]) => [name, option.safeParse(undefined).success]));
}

const specs = ChannelSpec.options.map((spec) => ({ kind: spec.shape.kind.value, spec }));

describe('the options of a channel', () => {
  it('are written down for every kind', () => {
    expect(specs.map(({ kind }) => kind).sort()).toEqual(Object.keys(DEFINITIONS).sort());
    expect(Object.entries(DEFINITIONS).map(([kind, definition]) => [kind, definition.kind])).toEqual(
      Object.keys(DEFINITIONS).map((kind) => [kind, kind]),
    );
  });

  it.each(specs)('are those that the kind $kind takes', ({ kind, spec }) => {
    const { kind: _kind, ...options } = optionsOf(spec);
    expect(optionsOf(DEFINITIONS[kind].options)).toEqual(options);
  });
});
