import type { Site } from '#src/config/types.js';
import { type Finding, type Health, worst } from '../doctor/finding.js';
import { printable, wrapped } from './text-width.js';
import { counted } from './time-words.js';

const SIGNS = { ok: '✓', warn: '!', fail: '✖' } as const satisfies Record<Health, string>;

/** A line for each finding, its remedy below it, and a last line for all. */
export function doctorText(findings: readonly Finding[], width: number): string {
  const lines = findings.flatMap(({ area, subject, health, says, remedy }) => [
    wrapped(
      printable(`${SIGNS[health]} ${[area, ...(subject === undefined ? [] : [subject])].join(' ')}: ${says}`),
      width,
      '',
    ),
    ...(remedy === undefined ? [] : [wrapped(printable(`→ ${remedy}`), width, '    ')]),
  ]);
  return `${[...lines, '', summaryOf(findings)].join('\n')}\n`;
}

function summaryOf(findings: readonly Finding[]): string {
  const of = (health: Health): number => findings.filter((finding) => finding.health === health).length;
  if (worst(findings) === 'ok') return `All is healthy: ${counted(findings.length, 'thing')} looked at.`;
  return `${counted(of('fail'), 'failure')}, ${counted(of('warn'), 'warning')}, ${of('ok')} healthy.`;
}

/** What `plumbline doctor --json` writes. Keys may be added, none is changed. */
export function doctorJson(site: Pick<Site, 'id' | 'name'> | undefined, asOf: string, findings: readonly Finding[]) {
  return {
    asOf,
    site: site === undefined ? null : { id: site.id, name: site.name },
    health: worst(findings),
    findings: findings.map(({ area, subject, health, says, remedy }) => {
      return { area, subject: subject ?? null, health, says, remedy: remedy ?? null };
    }),
  };
}
