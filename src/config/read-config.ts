import { resolve } from 'node:path';
import type { ConnectorRegistry } from '#connectors/sdk/types.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import { ProblemList } from './problem-list.js';
import { loadPublicHolidays } from './public-holidays.js';
import { readFolder } from './read-folder.js';
import { checkReferencePlaces } from './resolve/reference-places.js';
import { resolveConfig } from './resolve/resolve-config.js';
import { readSpecs } from './spec/read-specs.js';
import type { ConfigReading } from './types.js';

export interface ReadOptions {
  /** Day that review dates are judged by; without it they are not, so that the calendar stops no configuration. */
  readonly today?: CalendarDate;
}

/**
 * Reads a config folder: every problem at once, and the configuration when none is an error.
 *
 * Reads files and nothing else: no network, no environment; secret references stay as they are written.
 *
 * @param folder relative to the working directory, or absolute
 * @throws PlumblineError `CONFIG_FOLDER_MISSING`, or `CONFIG_FILE_UNREADABLE` for a file that is there and refused
 */
export async function readConfig(
  folder: string,
  registry: ConnectorRegistry,
  { today }: ReadOptions = {},
): Promise<ConfigReading> {
  const absolute = resolve(folder);
  const problems = new ProblemList();
  const content = await readFolder(absolute, problems);
  const specs = readSpecs(content, problems);
  checkReferencePlaces(content, problems);
  const publicHolidays = await loadPublicHolidays(specs.site?.spec);
  const resolved = resolveConfig({ specs, registry, problems, publicHolidays }, absolute, today);
  return { ...resolved, problems: problems.inOrder() };
}
