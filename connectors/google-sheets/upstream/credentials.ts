import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { OpenContext } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { SheetsConnection } from '../options.js';

/** A service account's key, as Google offers it for download. */
export interface ServiceAccountKey {
  readonly email: string;
  readonly privateKey: string;
  readonly keyId: string | undefined;
}

const KeySchema = z.object({
  type: z.literal('service_account'),
  client_email: z.string().min(3),
  private_key: z.string().min(1),
  private_key_id: z.string().optional(),
});

/**
 * The key a connection names, checked before it is used. No message shows any of it.
 *
 * @returns `undefined` where the connection does not use a service account's key
 * @throws PlumblineError `config` SOURCE_CREDENTIALS_UNREADABLE
 */
export async function serviceAccountKey(
  options: SheetsConnection,
  context: Pick<OpenContext, 'baseDirectory'>,
): Promise<ServiceAccountKey | undefined> {
  if (options.credentials !== undefined) return parseKey(options.credentials, '"credentials"');
  const file = options.credentials_file;
  if (file === undefined) return undefined;
  const text = await readFile(resolve(context.baseDirectory, file), 'utf8').catch((error: unknown) => {
    throw unreadable(
      `the file "${file}" cannot be read`,
      'Correct "credentials_file:" (it is relative to the configuration folder), and let the user that runs Plumbline read it.',
      error,
    );
  });
  return parseKey(text, `the file "${file}"`);
}

function parseKey(text: string, place: string): ServiceAccountKey {
  const remedy =
    'Give the JSON file that Google Cloud offers when a key of a service account is made (IAM & Admin, Service Accounts, Keys, Add key, JSON), whole and unchanged.';
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // The parser's own message quotes what it read: not passed on.
    throw unreadable(`${place} is not JSON`, remedy);
  }
  const key = KeySchema.safeParse(parsed);
  if (!key.success) {
    const fields = [...new Set(key.error.issues.map((issue) => issue.path.join('.') || 'the whole'))].join(', ');
    throw unreadable(`${place} is not the key of a service account (missing or wrong: ${fields})`, remedy);
  }
  const { client_email: email, private_key: privateKey, private_key_id: keyId } = key.data;
  try {
    createPrivateKey(privateKey);
  } catch {
    throw unreadable(`the private key in ${place} is damaged`, remedy);
  }
  return { email, privateKey, keyId };
}

function unreadable(problem: string, remedy: string, cause?: unknown): PlumblineError {
  return new PlumblineError(
    'config',
    'SOURCE_CREDENTIALS_UNREADABLE',
    `Reading the account's credentials: ${problem}`,
    {
      remedy,
      ...(cause === undefined ? {} : { cause }),
    },
  );
}
