import type { AlertCondition, AlertEvent } from '#src/domain/alert/types.js';
import type { Period } from '#src/domain/period/types.js';
import type {
  ActualRevision,
  NodeDimension,
  OutboxMessage,
  PersonDimension,
  PullRecord,
  RejectRecord,
  RunOpening,
  ScoreRecord,
} from '#src/store/types.js';

export const MEASURE = 'company/contract-renewal-rate';

export const january: Period = { id: '2026-01', frequency: 'monthly', start: '2026-01-01', end: '2026-02-01' };
export const february: Period = { id: '2026-02', frequency: 'monthly', start: '2026-02-01', end: '2026-03-01' };
export const march: Period = { id: '2026-03', frequency: 'monthly', start: '2026-03-01', end: '2026-04-01' };

export function opening(change: Partial<RunOpening> = {}): RunOpening {
  return {
    runId: 'operations-daily/2026-03-05T05:30:00Z',
    group: 'operations-daily',
    logicalTime: '2026-03-05T05:30:00Z',
    trigger: 'schedule',
    configRevision: 'rev-1',
    startedAt: '2026-03-05T05:30:02.5Z',
    ...change,
  };
}

export function okPull(change: Partial<Extract<PullRecord, { outcome: 'ok' }>> = {}): PullRecord {
  return {
    runId: opening().runId,
    extract: 'contracts',
    at: '2026-03-05T05:31:00Z',
    outcome: 'ok',
    balance: { seen: 12, used: 9, rejected: 2, skipped: { outside_range: 1 } },
    digest: 'sha256:aa',
    description: ['select … from contracts', '2026-01-01 to 2026-03-05'],
    ...change,
  };
}

export function reject(ordinal: number, change: Partial<RejectRecord> = {}): RejectRecord {
  return {
    ordinal,
    locator: `contracts.csv:${ordinal + 2}`,
    column: 'amount',
    raw: '1,234',
    rule: 'ambiguous_number',
    message: 'the separator is ambiguous',
    remedy: 'declare a locale',
    date: '2026-02-10',
    ...change,
  };
}

export function revision(change: Partial<ActualRevision> = {}): ActualRevision {
  return {
    measure: MEASURE,
    period: february,
    revision: 1,
    value: '87.5',
    reason: 'first',
    evidence: { value: '87.5', rowsUsed: 8, rowsFiltered: 1, rowsBlank: 0, numerator: '7', denominator: '8' },
    rejects: 2,
    periodClosed: true,
    extract: 'contracts',
    sourceDigest: 'sha256:aa',
    runId: opening().runId,
    recordedAt: '2026-03-05T05:31:00Z',
    ...change,
  };
}

export function score(change: Partial<ScoreRecord> = {}): ScoreRecord {
  return {
    node: MEASURE,
    kind: 'measure',
    period: february,
    status: 'on_track',
    score: '1',
    unclamped: '1.12',
    value: '87.5',
    target: '85',
    coverage: '1',
    oldestData: '2026-02-28',
    ruleVersion: 'rule-1',
    inputsDigest: 'inputs-1',
    runId: opening().runId,
    scoredAt: '2026-03-05T05:31:05Z',
    ...change,
  };
}

export function condition(change: Partial<AlertCondition> = {}): AlertCondition {
  return {
    kind: 'off_track',
    subject: `measure/${MEASURE}`,
    period: '2026-02',
    owner: 'amara',
    summary: 'Contract renewal rate has been off track for 3 months.',
    details: ['value 61 %', 'target 85 %'],
    ...change,
  };
}

export function alertEvent(sequence: number, change: Partial<AlertEvent> = {}): AlertEvent {
  const transition = sequence === 0 ? 'opened' : sequence % 2 === 1 ? 'resolved' : 'reopened';
  return {
    transition,
    condition: condition(),
    sequence,
    at: `2026-03-0${sequence + 1}T06:00:00Z`,
    reason: 'the third month in a row',
    ...change,
  };
}

export function message(messageId: string, change: Partial<OutboxMessage> = {}): OutboxMessage {
  return {
    messageId,
    threadId: 'off_track/company/contract-renewal-rate/2026-02',
    channel: 'mail',
    recipientId: 'amara',
    recipientName: 'Amara Osei',
    recipientAddress: 'amara@example.com',
    subject: 'Contract renewal rate is off track',
    text: 'Größe – 61 % 📉\nsecond line',
    createdAt: '2026-03-05T06:00:00Z',
    ...change,
  };
}

export const nodes: readonly NodeDimension[] = [
  { node: 'company', kind: 'scorecard', name: 'Company scorecard', ownerId: 'lena', weight: '1', position: 0 },
  {
    node: MEASURE,
    kind: 'measure',
    name: 'Contract renewal rate',
    parent: 'company',
    ownerId: 'amara',
    weight: '2.5',
    position: 1,
    unit: 'percent',
    direction: 'higher-is-better',
    frequency: 'monthly',
    decimals: 1,
    extract: 'contracts',
  },
];

export const people: readonly PersonDimension[] = [
  { person: 'amara', name: 'Amara Osei', email: 'amara@example.com', manager: 'lena' },
  { person: 'lena', name: 'Lena Brandt' },
];
