import type { AddedColumn, AddedIndex, Dialect } from '../schema/create-table.js';
import * as tables from './0001-tables.js';
import * as views from './0002-views.js';
import * as pullEvidence from './0003-pull-evidence.js';
import * as scoreBands from './0004-score-bands.js';
import * as indexes from './0005-indexes.js';
import * as recordedAt from './0006-recorded-at.js';
import * as scoringProgress from './0007-scoring-progress.js';
import * as messageFacts from './0008-message-facts.js';
import * as alertLife from './0009-alert-life.js';
import * as leftOut from './0010-left-out.js';
import * as outboxThreads from './0011-outbox-threads.js';
import * as noValueSides from './0012-no-value-sides.js';
import * as notExpected from './0013-not-expected.js';
import * as policies from './0014-policies.js';
import * as notes from './0015-notes.js';
import * as freshness from './0016-freshness.js';
import * as digests from './0017-digests.js';
import * as selfWatch from './0018-self-watch.js';
import * as standingPointer from './0019-standing-pointer.js';
import * as judgedAt from './0020-judged-at.js';
import * as canary from './0021-canary.js';
import * as dismissed from './0023-dismissed.js';
import * as sourceStand from './0024-source-stand.js';
import * as toldDigests from './0026-told-digests.js';
import * as valueRequests from './0027-value-requests.js';
import * as toldTogether from './0028-told-together.js';

export interface Migration {
  /** The file's name. Never renamed once released. */
  readonly name: string;
  /** Each must be harmless where it has run already: MySQL cannot roll DDL back. */
  readonly statements: (dialect: Dialect) => readonly string[];
  /** Columns added where they are not there yet, before the statements. */
  readonly columns?: readonly AddedColumn[];
  /** Indexes added where they are not there yet, after the columns. */
  readonly indexes?: readonly AddedIndex[];
}

/** In order of name. A released migration is never edited: expand in a new one, contract in a later one. */
export const migrations: readonly Migration[] = [
  { name: '0001-tables', statements: tables.statements },
  { name: '0002-views', statements: views.statements },
  { name: '0003-pull-evidence', statements: () => [], columns: pullEvidence.columns },
  { name: '0004-score-bands', statements: scoreBands.statements, columns: scoreBands.columns },
  { name: '0005-indexes', statements: indexes.statements, columns: indexes.columns },
  { name: '0006-recorded-at', statements: () => [], indexes: recordedAt.indexes },
  { name: '0007-scoring-progress', statements: scoringProgress.statements },
  { name: '0008-message-facts', statements: () => [], columns: messageFacts.columns },
  {
    name: '0009-alert-life',
    statements: alertLife.statements,
    columns: alertLife.columns,
    indexes: alertLife.indexes,
  },
  { name: '0010-left-out', statements: leftOut.statements, columns: leftOut.columns },
  { name: '0011-outbox-threads', statements: () => [], indexes: outboxThreads.indexes },
  {
    name: '0012-no-value-sides',
    statements: () => [],
    columns: noValueSides.columns,
    indexes: noValueSides.indexes,
  },
  { name: '0013-not-expected', statements: notExpected.statements },
  { name: '0014-policies', statements: () => [], columns: policies.columns, indexes: policies.indexes },
  { name: '0015-notes', statements: notes.statements },
  { name: '0016-freshness', statements: freshness.statements, columns: freshness.columns },
  { name: '0017-digests', statements: digests.statements },
  { name: '0018-self-watch', statements: selfWatch.statements, columns: selfWatch.columns },
  {
    name: '0019-standing-pointer',
    statements: standingPointer.statements,
    columns: standingPointer.columns,
    indexes: standingPointer.indexes,
  },
  { name: '0020-judged-at', statements: () => [], columns: judgedAt.columns },
  { name: '0021-canary', statements: canary.statements },
  { name: '0023-dismissed', statements: () => [], indexes: dismissed.indexes },
  { name: '0024-source-stand', statements: sourceStand.statements, columns: sourceStand.columns },
  { name: '0026-told-digests', statements: () => [], columns: toldDigests.columns },
  { name: '0027-value-requests', statements: valueRequests.statements },
  { name: '0028-told-together', statements: () => [], columns: toldTogether.columns, indexes: toldTogether.indexes },
];
