import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { connectConfig } from './client.js';

export interface WorkerOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly taskQueue: string;
  /** The prebuilt bundle, `dist/workflow-bundle.js`; absent for a worker that only runs activities. */
  readonly workflowBundle?: string;
  readonly activities: object;
  /** Steps under way at once; bounded by the connections that sources allow. */
  readonly parallelSteps: number;
  /**
   * Steps a second that the server hands out to all workers of the queue together; unbounded when absent. All of them must
   * ask for the same rate: the one who asked last decides.
   */
  readonly queueStepsPerSecond?: number;
}

/** Steps get this long to end by themselves when the worker is asked to stop. */
const SHUTDOWN_GRACE_MS = 10_000;

export interface RunningWorker {
  /** Resolves when the worker has stopped. */
  readonly stopped: Promise<void>;
  /** Asks it to stop: no new work, steps under way end or are cancelled. */
  shutdown(): void;
  readonly state: () => string;
}

/**
 * Starts a worker, of workflows too where it is given the prebuilt bundle.
 *
 * @throws PlumblineError `transient` TEMPORAL_UNREACHABLE
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  quietRuntime();
  const { connectionOptions, namespace } = connectConfig(options.env);
  const address = connectionOptions.address ?? '127.0.0.1:7233';
  const { tls, apiKey } = connectionOptions;
  const connection = await NativeConnection.connect({
    address,
    ...(tls === undefined || tls === null ? {} : { tls }),
    ...(apiKey === undefined || typeof apiKey === 'function' ? {} : { apiKey }),
  }).catch((error: unknown) => {
    throw new PlumblineError(
      'transient',
      'TEMPORAL_UNREACHABLE',
      `The worker cannot reach Temporal at ${address} (namespace "${namespace}").`,
      {
        remedy: 'Start it, or set TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.',
        cause: error,
      },
    );
  });
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: options.taskQueue,
    ...(options.workflowBundle === undefined ? {} : { workflowBundle: { codePath: options.workflowBundle } }),
    activities: options.activities,
    maxConcurrentActivityTaskExecutions: options.parallelSteps,
    ...(options.queueStepsPerSecond === undefined
      ? {}
      : {
          maxTaskQueueActivitiesPerSecond: options.queueStepsPerSecond,
          // The server evens out over its partitions, this over the steps of one worker.
          maxActivitiesPerSecond: options.queueStepsPerSecond,
        }),
    maxCachedWorkflows: 200,
    shutdownGraceTime: SHUTDOWN_GRACE_MS,
    shutdownForceTime: SHUTDOWN_GRACE_MS + 5_000,
  });
  const stopped = worker.run().finally(() => connection.close());
  return {
    stopped,
    shutdown: () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
    },
    state: () => worker.getState(),
  };
}

/** The SDK's own log goes to stderr from warnings on; a runtime can be installed once a process. */
let installed = false;
/** A worker of a quota queue runs steps only, on purpose. */
const EXPECTED = /^No workflows registered/;
function quietRuntime(): void {
  if (installed) return;
  installed = true;
  const standard = new DefaultLogger('WARN');
  const logger = new DefaultLogger('WARN', (entry) => {
    if (!EXPECTED.test(entry.message)) standard.log(entry.level, entry.message, entry.meta);
  });
  Runtime.install({ logger, shutdownSignals: [] });
}
