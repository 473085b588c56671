import type { ResolvedConfig } from '#src/config/types.js';
import { linkSettings } from '#src/worker/link-settings.js';
import { type Finding, failed } from './finding.js';

/** Whether links in messages can be signed here; nothing where the site has none. Who answers them may be another machine. */
export async function linkHealth(
  config: ResolvedConfig,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly Finding[]> {
  try {
    const settings = await linkSettings(config, env);
    if (settings === undefined) return [];
    return [{ area: 'links', health: 'ok', says: `Messages have links to ${settings.baseUrl}.` }];
  } catch (error) {
    return [failed('links', error)];
  }
}
