/** What each kind of failure leads to. */
interface FailureRule {
  /** Whether the same step is tried again at once, a few times. */
  readonly retry: boolean;
  /** How long scheduled runs leave a connection alone that failed so, in hours of nominal time; 0: the next one tries. */
  readonly pauseHours: number;
  /**
   * Whether rows that were read are kept beside the failure, as rejects and balance. No failed pull writes a value, of
   * whatever kind: the last good ones stay.
   */
  readonly quarantine: boolean;
  /** Whom the alert `source_failed` names: the connection as a whole, or only the extract that failed. */
  readonly alert: 'connection' | 'extract' | 'none';
  readonly exitCode: number;
  readonly actor: string;
}

/**
 * Who must act on a failure, and what the machine does about it meanwhile: the one table that retry, pause,
 * quarantine, alert, exit code and wording derive from.
 */
export const FAILURE_KINDS = {
  config: {
    retry: false,
    pauseHours: 0,
    quarantine: false,
    alert: 'extract',
    exitCode: 2,
    actor: 'operator: edit the configuration',
  },
  // Paused, since systems lock an account that keeps coming with a wrong password.
  auth: {
    retry: false,
    pauseHours: 6,
    quarantine: false,
    alert: 'connection',
    exitCode: 3,
    actor: 'operator: renew the credentials',
  },
  permission: {
    retry: false,
    pauseHours: 0,
    quarantine: false,
    alert: 'connection',
    exitCode: 3,
    actor: 'operator: grant the right',
  },
  not_found: {
    retry: false,
    pauseHours: 0,
    quarantine: false,
    alert: 'connection',
    exitCode: 4,
    actor: 'data owner: bring the source back',
  },
  layout: {
    retry: false,
    pauseHours: 0,
    quarantine: false,
    alert: 'extract',
    exitCode: 4,
    actor: 'data owner: the source changed its shape',
  },
  data: {
    retry: false,
    pauseHours: 0,
    quarantine: true,
    alert: 'extract',
    exitCode: 5,
    actor: 'data owner: correct the rows',
  },
  rate_limited: {
    retry: true,
    pauseHours: 0,
    quarantine: false,
    alert: 'connection',
    exitCode: 75,
    actor: 'nobody yet: tried again later',
  },
  transient: {
    retry: true,
    pauseHours: 0,
    quarantine: false,
    alert: 'connection',
    exitCode: 75,
    actor: 'nobody yet: tried again later',
  },
  timeout: {
    retry: true,
    pauseHours: 0,
    quarantine: false,
    alert: 'connection',
    exitCode: 75,
    actor: 'nobody yet: tried again later',
  },
  cancelled: {
    retry: false,
    pauseHours: 0,
    quarantine: false,
    alert: 'none',
    exitCode: 130,
    actor: 'nobody: it was stopped on purpose',
  },
  defect: {
    retry: false,
    pauseHours: 0,
    quarantine: false,
    alert: 'extract',
    exitCode: 70,
    actor: 'the makers of Plumbline: please report it',
  },
} as const satisfies Record<string, FailureRule>;

/** One of the kinds of {@link FAILURE_KINDS}. */
export type FailureKind = keyof typeof FAILURE_KINDS;
