import type { ResolvedConfig } from '#src/config/types.js';
import type { ReportingStore } from '#src/store/types.js';
import { connectorsOf } from '#src/worker/connectors.js';
import { readUnits } from '#src/worker/read-units.js';
import { sourceServices } from '#src/worker/source-services.js';
import { appliedConfig } from './applied-config.js';
import type { CommandContext } from './context.js';
import { printable } from './render/text-width.js';
import { unitPlan } from './render/unit-plan.js';

/** A configuration that is about to be applied, its units read; and what becomes of the units, in words. */
export interface ConfigToApply {
  readonly config: ResolvedConfig;
  /** Ends with a new line; empty where all units stay as they are. */
  readonly plan: string;
}

/** Reads the units that come from extracts, tells on stderr what is wrong with them, and compares them with those applied last. */
export async function configToApply(
  context: CommandContext,
  config: ResolvedConfig,
  store: ReportingStore,
): Promise<ConfigToApply> {
  const applied = await appliedConfig(store);
  if (config.unitSets?.some(({ from }) => from !== undefined) !== true) {
    return { config, plan: unitPlan(applied?.unitSets, config.unitSets) };
  }
  const { openSource } = sourceServices(() => connectorsOf(config.folder), context.env, context.now);
  const { signal } = context;
  const complete = await readUnits(config, { openSource, applied, now: context.now(), signal });
  for (const warning of complete.warnings) context.stderr.write(`Warning: ${printable(warning)}\n`);
  return { config: complete.config, plan: unitPlan(applied?.unitSets, complete.config.unitSets) };
}
