import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import configuration from '../../.dependency-cruiser.mjs';

const SOURCE_FOLDERS = ['src', 'connectors', 'demo', 'bench', 'web'];

/** @typedef {{ modules: number, aliased: number, broken: { rule: string, from: string, to: string, reason: string }[] }} Arrows */

/**
 * Follows every import below `folder` and holds it against the rules.
 *
 * The aliases of package.json lead to dist/, for programs that run; here they lead to the source.
 *
 * @param {string} folder a project's root
 * @returns {Promise<Arrows>} what was seen, and what broke a rule
 */
export async function followArrows(folder) {
  const { forbidden, options } = configuration;
  const result = await cruise(
    SOURCE_FOLDERS.filter((name) => existsSync(join(folder, name))),
    /** @type {any} */ ({ ...options, baseDir: folder, validate: true, ruleSet: { forbidden } }),
    { alias: { '#src': join(folder, 'src'), '#connectors': join(folder, 'connectors') } },
  );
  if (typeof result.output === 'string')
    throw new Error('dependency-cruiser gave a text where its result object was expected');
  const { modules, summary } = result.output;
  const reasons = new Map(forbidden.map(({ name, comment }) => [name, comment]));
  return {
    modules: modules.filter(({ source }) => SOURCE_FOLDERS.some((name) => source.startsWith(`${name}/`))).length,
    aliased: modules
      .flatMap(({ dependencies }) => dependencies)
      .filter(({ module, couldNotResolve }) => module.startsWith('#') && !couldNotResolve).length,
    broken: summary.violations.map(({ rule, from, to }) => ({
      rule: rule.name,
      from,
      to,
      reason: reasons.get(rule.name) ?? '',
    })),
  };
}
