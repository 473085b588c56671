import { z } from 'zod';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { createBatchBuilder } from './batch-builder.js';
import { locateColumns } from './columns.js';
import { sha256Hex } from './digest.js';
import { fingerprintOf, inferField } from './discover/infer-fields.js';
import { assertReachedHost } from './http/allowed-hosts.js';
import { guardRead } from './limits.js';
import { oneCallEach } from './plan.js';
import { shortened } from './raw-text.js';
import type { AnyConnector } from './types.js';

export { FAILURE_KINDS, type FailureKind } from '#src/domain/failure/failure-kind.js';
export type { PlumblineError, PlumblineErrorOptions } from '#src/domain/failure/plumbline-error.js';
export type { CalendarDate, Instant } from '#src/domain/period/types.js';
export type { ColumnType, RejectRule } from '#src/domain/value/types.js';
export type { BatchBuilder } from './batch-builder.js';
export type { DiscoveredField, DiscoveredStream, DiscoverRequest } from './discovery.js';
export type { ReadGuard } from './limits.js';
export type { PlannedCall, PlanRequest } from './plan.js';
export type { SlicedRows } from './sliced-rows.js';
export type {
  AnyConnector,
  Batch,
  ConnectorDefinition,
  OpenContext,
  Probe,
  Quota,
  RawCell,
  RawReject,
  ReadLimits,
  ReadRequest,
  ReadSummary,
  Source,
  WatermarkRequest,
} from './types.js';
export type { Watermark } from './watermark.js';

/**
 * What a connector from outside is handed when it is loaded, so that it needs no import of its own and shares one copy of
 * each of these with the program.
 */
export const sdk = {
  z,
  PlumblineError,
  assertReachedHost,
  createBatchBuilder,
  fingerprintOf,
  guardRead,
  inferField,
  locateColumns,
  oneCallEach,
  sha256Hex,
  shortened,
} as const;
export type Sdk = typeof sdk;

/** The default export of a connector's module. */
export type ConnectorModule = (sdk: Sdk) => AnyConnector;
