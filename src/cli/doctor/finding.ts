import { toFailure } from '#src/domain/failure/plumbline-error.js';

/** From the best: what is healthy, what somebody should look at, what does not work. */
export const HEALTH = ['ok', 'warn', 'fail'] as const;
export type Health = (typeof HEALTH)[number];

/** One thing that the doctor has looked at. */
export interface Finding {
  readonly area:
    | 'configuration'
    | 'store'
    | 'temporal'
    | 'workers'
    | 'schedule'
    | 'pipeline'
    | 'canary'
    | 'source'
    | 'channel'
    | 'links'
    | 'clock';
  readonly health: Health;
  /** What it is of its area; absent where there is one. */
  readonly subject?: string;
  /** One sentence. No secret. */
  readonly says: string;
  readonly remedy?: string;
}

/** The worst among findings. */
export function worst(findings: readonly Finding[]): Health {
  return HEALTH[Math.max(0, ...findings.map(({ health }) => HEALTH.indexOf(health)))] ?? 'ok';
}

/** 0, 1 or 2: what probes take for all well, a warning, and critical. */
export const healthExitCode = (health: Health): number => HEALTH.indexOf(health);

/** What could not be looked at, in the words of the error. */
export function failed(area: Finding['area'], error: unknown, subject?: string): Finding {
  const { code, message, remedy } = toFailure(error);
  return {
    area,
    health: 'fail',
    ...(subject === undefined ? {} : { subject }),
    // What follows a colon at the end of the line is said by the command of the remedy.
    says: `${code}: ${(message.split('\n')[0] ?? '').replace(/:$/, '.')}`,
    ...(remedy === undefined ? {} : { remedy }),
  };
}
