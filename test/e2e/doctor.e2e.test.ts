// A real development server, a real worker: what the doctor says of them while they come and go.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doctor } from '#src/cli/commands/doctor.js';
import type { Finding } from '#src/cli/doctor/finding.js';
import { triggerSchedule } from '#src/schedules/trigger.js';
import { deliverScheduleId, sweepScheduleId } from '#src/workflows/names.js';
import type { RunningProcess } from '../support/command-line.js';
import { createTemporalSite, type TemporalSite } from '../support/temporal-site.js';

const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

describe('plumbline doctor with Temporal', () => {
  let site: TemporalSite;
  let worker: RunningProcess;

  /** `health area subject: says` of what concerns Temporal. */
  async function examine(
    now = inMinutes(0),
    env: Readonly<Record<string, string>> = site.env,
  ): Promise<readonly string[]> {
    const out: string[] = [];
    const context = {
      stdout: { write: (text: string) => out.push(text) },
      stderr: { write: () => undefined },
      env,
      cwd: site.folder,
      now: () => now,
      signal: new AbortController().signal,
    };
    await doctor(context, { config: site.configFolder, json: true, temporal: true });
    const { findings } = JSON.parse(out.join('')) as { findings: Finding[] };
    return findings
      .filter(({ area }) => ['temporal', 'workers', 'schedule', 'clock', 'pipeline'].includes(area))
      .map(({ health, area, subject, says }) => `${health} ${area} ${subject ?? ''}: ${says}`);
  }
  const unwell = (found: readonly string[]) => found.filter((each) => !each.startsWith('ok'));

  beforeAll(async () => {
    site = await createTemporalSite({ today: inMinutes(0).slice(0, 10) });
  });
  afterAll(() => site.dispose());

  it('misses schedules before they are applied, and a worker before one is started', async () => {
    const found = unwell(await examine());
    expect(found).toContain('fail schedule sweep: Temporal does not have it.');
    expect(found.filter((each) => each.includes('No worker asks for work'))).not.toEqual([]);
  });

  it('finds all healthy once both are there and have done their first work', async () => {
    expect((await site.command('apply')).code).toBe(0);
    worker = await site.worker();
    const { client } = site.temporal;
    for (const id of [sweepScheduleId(site.config.site.id), deliverScheduleId(site.config.site.id)]) {
      const { workflowId, runId } = await triggerSchedule(client, id);
      await client.workflow.getHandle(workflowId, runId).result();
    }
    const found = await examine();
    expect(unwell(found)).toEqual([]);
    expect(found).toContain('ok clock Temporal: This clock is within two minutes of it.');
    expect(found.find((each) => each.includes('schedule sweep'))).toMatch(/: Last \S+ \S+, next \S+ \S+\.$/);
  });

  it('tells a clock that is wrong, whichever way', async () => {
    const clocks = (found: readonly string[]) => found.filter((each) => each.includes(' clock ')).join('\n');
    expect(clocks(await examine(inMinutes(30)))).toMatch(/^fail clock Temporal: .* ahead of it\.$/m);
    expect(clocks(await examine(inMinutes(-30)))).toMatch(/^fail clock Temporal: .* behind it\.$/m);
  });

  it('tells a paused schedule with its note, and one that is no longer as it was applied', async () => {
    const handle = site.temporal.client.schedule.getHandle(sweepScheduleId(site.config.site.id));
    await handle.pause('year-end closing');
    await site.temporal.client.schedule.getHandle(deliverScheduleId(site.config.site.id)).delete();
    const found = unwell(await examine());
    expect(found.find((each) => each.includes('schedule sweep'))).toMatch(/^warn .*paused it \(year-end closing\)/);
    expect(found).toContain('fail schedule deliver: Temporal does not have it.');
    await handle.unpause();
  });

  it('notices a worker that was killed', async () => {
    await worker.end('SIGKILL');
    const found = unwell(await examine(inMinutes(4)));
    expect(found).toContain(`fail workers ${site.config.site.taskQueue}: No worker asks for work: runs wait.`);
  });

  it('goes on without Temporal', async () => {
    const found = await examine(inMinutes(0), { ...site.env, TEMPORAL_ADDRESS: '127.0.0.1:1' });
    expect(unwell(found)).toEqual([expect.stringMatching(/^fail temporal : TEMPORAL_UNREACHABLE/)]);
    expect(found.filter((each) => each.startsWith('ok pipeline'))).toHaveLength(2);
  });
});
