import { type LintSettings, severityOf } from '#src/domain/lint/severity.js';
import { below, type ProblemList } from '../problem-list.js';
import type { Entry } from '../spec/read-specs.js';
import type { SiteSpec } from '../spec/site-spec.js';

/** Tells of a channel that is the only one: nobody could be told that its messages are lost. A file loses none on the way. */
export function checkChannels({ spec, place }: Entry<SiteSpec>, settings: LintSettings, problems: ProblemList): void {
  const [only, ...others] = Object.entries(spec.channels);
  const severity = severityOf('one_channel', settings, undefined);
  if (only === undefined || others.length > 0 || only[1].kind === 'file' || severity === 'off') return;
  const message = `"${only[0]}" is the only channel: nobody could be told that its messages are lost`;
  problems.lint(severity, 'one_channel', below(place, 'channels', only[0]), message, 'add a channel of another kind');
}
