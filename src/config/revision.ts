import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { canonicalJson, digestOf } from './digest.js';
import type { ResolvedConfig } from './types.js';
import { expandTemplates, withoutExpanded } from './units/expand-templates.js';

/**
 * The revision of a configuration: a digest of everything that decides what the program does.
 *
 * Where the folder lies is no part of it, nor the path of a SQLite store: the same files on another machine are the
 * same revision.
 */
export function revisionOf(config: Omit<ResolvedConfig, 'revision'>): string {
  const { folder: _folder, site, ...rest } = withoutExpanded(config);
  const store = site.store.client === 'sqlite' ? { client: 'sqlite' } : site.store;
  return digestOf({ ...rest, site: { ...site, store } });
}

/** A configuration as text for the store; {@link parseResolvedConfig} reads it. */
export function serialiseConfig(config: ResolvedConfig): string {
  return canonicalJson(withoutExpanded(config));
}

/**
 * A configuration from the text {@link serialiseConfig} made.
 *
 * @throws PlumblineError `CONFIG_REVISION_BROKEN` (defect) when the text is not one, or was changed since
 */
export function parseResolvedConfig(json: string): ResolvedConfig {
  const value = parseJson(json);
  if (isResolvedConfig(value)) return expandTemplates(value);
  throw broken('its content does not give its revision');
}

/** What has the digest it says it has is what was written: only {@link serialiseConfig} writes such texts. */
function isResolvedConfig(value: unknown): value is ResolvedConfig {
  if (typeof value !== 'object' || value === null || !('revision' in value) || !('site' in value)) return false;
  const { revision, ...config } = value as ResolvedConfig;
  return typeof config.site?.store === 'object' && revisionOf(config) === revision;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw broken('it is not JSON', cause);
  }
}

function broken(why: string, cause?: unknown): PlumblineError {
  return new PlumblineError('defect', 'CONFIG_REVISION_BROKEN', `cannot read a stored config revision: ${why}`, {
    remedy: 'store the configuration again from its folder',
    cause,
  });
}
