import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

export interface TemporalClient {
  readonly client: Client;
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Connects as the environment says (`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY`, `TEMPORAL_TLS_*`,
 * profiles); without any of it to 127.0.0.1:7233, namespace `default`.
 *
 * @throws PlumblineError `transient` TEMPORAL_UNREACHABLE
 */
export async function connectClient(env: Readonly<Record<string, string | undefined>>): Promise<TemporalClient> {
  const { connectionOptions, namespace } = connectConfig(env);
  const address = connectionOptions.address ?? '127.0.0.1:7233';
  try {
    const connection = await Connection.connect({ ...connectionOptions, address, connectTimeout: '5s' });
    return { client: new Client({ connection, namespace }), address, close: () => connection.close() };
  } catch (error) {
    throw new PlumblineError(
      'transient',
      'TEMPORAL_UNREACHABLE',
      `Cannot reach Temporal at ${address} (namespace "${namespace}").`,
      {
        remedy: 'Start it ("plumbline dev" brings its own), or set TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.',
        cause: error,
      },
    );
  }
}

/** What the environment says of the connection; shared by client and worker. */
export function connectConfig(env: Readonly<Record<string, string | undefined>>) {
  const given = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars: given });
  return { connectionOptions, namespace: namespace ?? 'default' };
}
