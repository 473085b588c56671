import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FigureResult, TableRow } from '../figure.js';
import { alternate } from '../measuring/alternate.js';
import { processCpu } from '../measuring/process-cpu.js';
import { compare, median } from '../measuring/ratio.js';
import { collectedDemoCompany } from './demo-company.js';
import { projectRoot } from './project-root.js';

const ROUNDS = 9;
const WARM_UPS = 2;

/** A process to compare with: a name, and the script that `node` is given. */
export interface Peer {
  readonly name: string;
  readonly script: string;
}

/** CPU of a whole command on the collected demo, against bare Node and against loading its libraries alone. */
export async function compareStartUp(command: 'check' | 'status', libraries: Peer): Promise<FigureResult> {
  const company = await collectedDemoCompany();
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  try {
    const cpuOf = processCpu(folder);
    const main = join(projectRoot, 'dist/src/cli/main.js');
    const env = { PLUMBLINE_SMTP_URL: 'smtp://127.0.0.1:2525' };
    const ours = { args: [main, command, '--config', company.configFolder], cwd: projectRoot, env };
    const peers: readonly Peer[] = [{ name: 'node -e 0', script: '0' }, libraries];
    const [own = [], ...others] = await alternate(
      [
        () => cpuOf(ours),
        ...peers.map((peer) => () => {
          const type = peer.script.includes('import(') ? ['--input-type=module'] : [];
          return cpuOf({ args: [...type, '-e', peer.script], cwd: projectRoot });
        }),
      ],
      { rounds: ROUNDS, warmUps: WARM_UPS },
    );
    const rows = peers.map(({ name }, index): TableRow => {
      const { peer, ratio, lowest, highest } = compare(own, others[index] ?? []);
      return [name, seconds(peer), ratio.toFixed(2), `${lowest.toFixed(2)}–${highest.toFixed(2)}`];
    });
    return {
      header: ['', 'CPU', `plumbline ${command} ÷ this`, 'range of ratios'],
      rows: [[`plumbline ${command}`, seconds(median(own)), '', ''], ...rows],
      notes: [`User and system CPU of the whole process, median of ${ROUNDS} after ${WARM_UPS} warm-ups, in turn.`],
    };
  } finally {
    company.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(3)} s`;
