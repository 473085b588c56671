import { resolve } from 'node:path';
import { formatProblems, readConfig } from '#src/config/index.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { withoutExpanded } from '#src/config/units/expand-templates.js';
import { FAILURE_KINDS } from '#src/domain/failure/failure-kind.js';
import { connectorsOf } from '#src/worker/connectors.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { checkJson } from '../render/check-json.js';

interface CheckOptions extends ConfigOption {
  readonly json?: true;
  /** Warnings count as errors. */
  readonly strict?: true;
}

/** Reads a config folder and tells every problem at once; exit code 2 when one of them is an error. */
export async function check(context: CommandContext, options: CheckOptions): CommandResult {
  const path = resolve(context.cwd, options.config);
  const today = context.now().slice(0, 10);
  const { config, problems } = await readConfig(path, await connectorsOf(path), { today });
  const ok = config !== undefined && (options.strict === undefined || problems.length === 0);
  const exitCode = ok ? 0 : FAILURE_KINDS.config.exitCode;
  if (options.json) {
    context.stdout.write(`${JSON.stringify(checkJson(ok, config?.revision, problems), null, 2)}\n`);
    return exitCode;
  }
  if (problems.length > 0) context.stdout.write(formatProblems(problems));
  if (config !== undefined && ok) context.stdout.write(summary(options.config, config));
  else if (config !== undefined) context.stderr.write('Warnings count as errors here: --strict.\n');
  return exitCode;
}

function summary(folder: string, config: ResolvedConfig): string {
  const { templates, unitSets = [] } = config;
  const plain = withoutExpanded(config);
  const scorecards = [...plain.scorecards, ...(templates?.scorecards ?? [])];
  const objectives = scorecards.flatMap((scorecard) => scorecard.objectives).length;
  const measures = plain.measures.length + (templates?.measures.length ?? 0);
  const areRead = unitSets.some(({ from }) => from !== undefined);
  const lines = [
    `${folder} is in order: ${counted(scorecards.length, 'scorecard')}, ${counted(objectives, 'objective')}, ${counted(measures, 'measure')}.`,
    ...templateLines(config),
    `They are fed by ${counted(config.extracts.length, 'extract')} of ${counted(config.connections.length, 'connection')}, collected in ${counted(config.pullGroups.length, 'pull group')}:`,
    ...config.pullGroups.map((group) => `  ${group.id}: ${group.extracts.join(', ')}`),
    areRead ? 'The units that are read are part of its revision.' : `Revision ${config.revision}.`,
  ];
  return `${lines.join('\n')}\n`;
}

/** What each definition of many units makes, or when that will be known. */
function templateLines({ templates, unitSets = [], scorecards, measures }: ResolvedConfig): readonly string[] {
  return (templates?.scorecards ?? []).map(({ address, forEach }) => {
    const set = unitSets.find(({ id }) => id === forEach);
    if (set?.from !== undefined) {
      return `"${address}" is one for each of the units "${set.id}", which are read from "${set.from.extract}" when it is applied.`;
    }
    const inside = (each: string): boolean => each.startsWith(`${address}/`);
    const own = scorecards.filter((each) => inside(each.address)).length;
    const made = measures.filter((each) => inside(each.address)).length;
    return `"${address}" is one for each of ${counted(own, 'unit')} of "${set?.id ?? ''}": ${counted(made, 'measure')}.`;
  });
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
