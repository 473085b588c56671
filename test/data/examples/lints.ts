// Methods that look at a configuration and not at data: what reading it says.
import { readConfig } from '#src/config/read-config.js';
import type { ConfigProblem } from '#src/config/types.js';
import { registry, SOUND, withFolder } from '../../config/support/config-folder.js';
import { type Method, statusAt } from './method.js';

const problemsOf = (card: string): Promise<readonly ConfigProblem[]> =>
  withFolder(
    { ...SOUND, 'scorecards/company.yaml': card },
    async (folder) => (await readConfig(folder, registry)).problems,
  );

const RANK = ['objectives_12_18', 'perspective_3_5', 'measures_under_20', 'measures_per_objective_2'];

export const LINTS: Readonly<Record<string, Method>> = {
  seed_lint: async (given: { per_perspective: number[]; measures: number; max_per_objective: number }) => {
    const levels = given.per_perspective.flatMap((count, level) => Array.from({ length: count }, () => level));
    const objectives = levels.map((level, index) => {
      const drives = level === 0 ? (index === 0 ? '' : 'o0') : `o${levels.indexOf(level - 1)}`;
      return `  - { id: o${index}, name: O${index}, perspective: p${level}, owner: omar, drives: [${drives}] }`;
    });
    const measures = Array.from({ length: given.measures }, (_, index) => {
      const most = given.max_per_objective;
      const objective = index < most ? 0 : 1 + ((index - most) % (levels.length - 1));
      return `  - { id: m${index}, name: M${index}, objective: o${objective}, owner: omar, unit: contracts, direction: higher-is-better, frequency: monthly, from: { extract: contracts, count: all }, targets: [{ from: 2025-01, value: 1 }, { from: 2026-01, value: 2 }] }`;
    });
    const problems =
      await problemsOf(`scorecard: { id: company, name: Company, owner: omar, practice: balanced-scorecard }
perspectives:
${given.per_perspective.map((_, level) => `  - { id: p${level}, name: P${level} }`).join('\n')}
objectives:
${objectives.join('\n')}
measures:
${measures.join('\n')}
`);
    const rules = new Set(problems.flatMap(({ rule }) => (rule === undefined ? [] : [rule as string])));
    return [...rules].sort((a, b) => RANK.indexOf(a) - RANK.indexOf(b));
  },

  band_lint: async ({ ranges }: { ranges: [number, number][] }) => {
    const bands = ranges.map(
      ([from, to], index) => `        - { from: ${from}, to: ${to}, status: ${statusAt(index, ranges.length)} }`,
    );
    const { 'scorecards/company.yaml': sound = '' } = SOUND;
    const text = sound.replace(
      / {4}bands: .*\n/,
      () => `    bands:\n      inclusive: both\n      ranges:\n${bands.join('\n')}\n`,
    );
    const problems = await problemsOf(text);
    return problems.filter(({ code }) => code === 'CONFIG_BAD_BANDS').map(({ message }) => message);
  },
};
