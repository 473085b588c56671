import type { Probe } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { Account } from './upstream/auth.js';
import type { SheetsClient } from './upstream/client.js';

/** No spreadsheet has this id: that Google says so shows that the API is on. */
const NO_SPREADSHEET = 'plumbline-check-no-such-spreadsheet';
const MAX_BYTES = 1_000_000;
/** For each of the questions. */
const PATIENCE_MS = 30_000;

/** Asks of an account: can its credentials be read, does Google know it, is the API on, and whom to share with. */
export async function checkAccount(
  session: () => Promise<{ readonly account: Account; readonly client: SheetsClient }>,
  signal: AbortSignal,
): Promise<readonly Probe[]> {
  const probes: Probe[] = [];
  const ask = async <T>(
    name: string,
    work: () => Promise<T>,
    message: (found: T) => string,
  ): Promise<T | undefined> => {
    try {
      const found = await work();
      probes.push({ name, outcome: 'ok', message: message(found) });
      return found;
    } catch (error) {
      if (signal.aborted) throw cancelled();
      if (!(error instanceof PlumblineError) || error.kind === 'defect') throw error;
      const { message: text, kind } = error;
      probes.push({ name, outcome: 'fail', message: text, remedy: error.remedy ?? 'See the message.', kind });
      return undefined;
    }
  };
  if (signal.aborted) throw cancelled();

  const opened = await ask('credentials', session, ({ account }) => `The credentials of ${account.name} can be read`);
  if (opened === undefined) return probes;
  const { account, client } = opened;
  const token = await ask(
    'token',
    async () => {
      await patiently(signal, (patience) => client.authorize(patience));
      return true;
    },
    () => 'Google gives a token for them (read only)',
  );
  if (token === undefined) return probes;
  const api = await ask(
    'api',
    async () => {
      await patiently(signal, (patience) =>
        client.metadata(NO_SPREADSHEET, { signal: patience, maxBytes: MAX_BYTES }),
      ).catch((error: unknown) => {
        if (error instanceof PlumblineError && error.kind === 'not_found') return;
        throw error;
      });
      return true;
    },
    () => 'The Google Sheets API is switched on',
  );
  if (api === undefined) return probes;
  const share =
    account.email === undefined
      ? 'It reads every spreadsheet that this account may open'
      : `Share each spreadsheet with ${account.email} as Viewer`;
  return [...probes, { name: 'share', outcome: 'ok', message: share }];
}

async function patiently<T>(signal: AbortSignal, work: (patience: AbortSignal) => Promise<T>): Promise<T> {
  const timeout = AbortSignal.timeout(PATIENCE_MS);
  try {
    return await work(AbortSignal.any([signal, timeout]));
  } catch (error) {
    if (!timeout.aborted || signal.aborted) throw error;
    throw new PlumblineError(
      'timeout',
      'SOURCE_TIMEOUT',
      `Google did not answer within ${PATIENCE_MS / 1000} seconds`,
      {
        remedy: 'Look at the network from here to Google: a firewall, a proxy.',
      },
    );
  }
}

function cancelled(): PlumblineError {
  return new PlumblineError('cancelled', 'SOURCE_READ_CANCELLED', 'Checking the account was cancelled', {
    remedy: 'Nothing to mend: start it again when it is wanted.',
  });
}
