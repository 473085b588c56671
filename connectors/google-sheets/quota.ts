import { sha256Hex } from '#connectors/sdk/digest.js';
import type { OpenContext } from '#connectors/sdk/types.js';
import type { SheetsConnection } from './options.js';
import { openAccount } from './upstream/auth.js';
import { serviceAccountKey } from './upstream/credentials.js';

/** Whom Google counts the reads for. Two connections with one service account share one budget. */
export async function quotaAccount(options: SheetsConnection, context: OpenContext): Promise<string> {
  const key = await serviceAccountKey(options, context);
  if (key !== undefined) return key.email;
  if (options.oauth !== undefined) {
    const { client_id, refresh_token } = options.oauth;
    return `oauth:${sha256Hex(JSON.stringify([client_id, refresh_token])).slice(0, 16)}`;
  }
  const account = await openAccount(options, context);
  try {
    return account.email ?? `application-default:${account.client.projectId ?? 'unknown'}`;
  } finally {
    account.close();
  }
}
