// Prometheus' alerting rules without a server: `promtool test rules` runs them over series that are written down, and
// refuses what is not as expected.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Labels = Readonly<Record<string, string>>;

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly keep_firing_for: string;
}

/** Rules, what they see, and what is expected of them; names as promtool has them. */
export interface RuleTest {
  readonly rules: readonly Rule[];
  readonly interval: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  /** Alerts that fire at a time. */
  readonly alert_rule_test: readonly {
    readonly eval_time: string;
    readonly alertname: string;
    readonly exp_alerts: readonly { readonly exp_labels: Labels }[];
  }[];
  readonly promql_expr_test: readonly {
    readonly expr: string;
    readonly eval_time: string;
    readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
  }[];
}

/** A series by its name and labels, as PromQL writes it. */
export function seriesName(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${pairs.join(',')}}`;
}

/**
 * What promtool finds other than expected, in its words; nothing where all is as expected.
 *
 * @param program path of promtool
 * @throws Error when it could not run the test at all
 */
export async function promtoolRefusal(program: string, { rules, interval, ...test }: RuleTest): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-promtool-'));
  try {
    // JSON is YAML, too.
    await writeFile(join(folder, 'rules.yml'), JSON.stringify({ groups: [{ name: 'alerts', rules }] }));
    const file = join(folder, 'test.yml');
    const tests = [{ interval, ...test }];
    await writeFile(file, JSON.stringify({ rule_files: ['rules.yml'], evaluation_interval: interval, tests }));
    return await new Promise((answer, fail) => {
      execFile(program, ['test', 'rules', file], { maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
        const words = `${stdout}${stderr}`;
        if (error === null && words.includes('SUCCESS')) answer('');
        else if (words.includes('FAILED') && /\bexp:/.test(words)) answer(words);
        else fail(new Error(`promtool could not run the test: ${words || error?.message}`));
      });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
