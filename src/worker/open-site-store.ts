import { resolveSecrets } from '#src/config/secrets.js';
import type { StoreConfig } from '#src/config/types.js';
import { openStore } from '#src/store/open-store.js';
import type { ReportingStore, StoreLocation } from '#src/store/types.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Opens the store a site names, its password resolved. `folder` is where relative secret files start.
 *
 * In a file of its own so that commands that only read load neither connectors nor channels.
 */
export async function openSiteStore(store: StoreConfig, folder: string, env: Environment): Promise<ReportingStore> {
  const location =
    store.client === 'sqlite' ? store : { ...store, password: await passwordOf(store.password, folder, env) };
  return openStore(location satisfies StoreLocation);
}

async function passwordOf(password: string, folder: string, env: Environment): Promise<string> {
  const resolved = await resolveSecrets(password, env, folder);
  return typeof resolved === 'string' ? resolved : '';
}
