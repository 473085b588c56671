/**
 * Who must act on a failure, and what the machine does about it meanwhile: the one table that retry,
 * exit code and wording derive from.
 */
export const FAILURE_KINDS = {
  config: { retry: false, exitCode: 2, actor: 'operator: edit the configuration' },
  auth: { retry: false, exitCode: 3, actor: 'operator: renew the credentials' },
  permission: { retry: false, exitCode: 3, actor: 'operator: grant the right' },
  not_found: { retry: false, exitCode: 4, actor: 'data owner: bring the source back' },
  layout: { retry: false, exitCode: 4, actor: 'data owner: the source changed its shape' },
  data: { retry: false, exitCode: 5, actor: 'data owner: correct the rows' },
  rate_limited: { retry: true, exitCode: 75, actor: 'nobody yet: tried again later' },
  transient: { retry: true, exitCode: 75, actor: 'nobody yet: tried again later' },
  timeout: { retry: true, exitCode: 75, actor: 'nobody yet: tried again later' },
  cancelled: { retry: false, exitCode: 130, actor: 'nobody: it was stopped on purpose' },
  defect: { retry: false, exitCode: 70, actor: 'the makers of Plumbline: please report it' },
} as const satisfies Record<string, { retry: boolean; exitCode: number; actor: string }>;

/** One of the kinds of {@link FAILURE_KINDS}. */
export type FailureKind = keyof typeof FAILURE_KINDS;
