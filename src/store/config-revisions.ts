import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { Instant } from '#src/domain/period/types.js';
import { insertRows } from './bulk-rows.js';
import { plainInstant, storedInstant, toCount, withoutNulls } from './stored-values.js';
import type { NodeDimension, NodeKind, PersonDimension } from './types.js';

interface NodeRow {
  readonly node: string;
  readonly kind: NodeKind;
  readonly name: string;
  readonly parent: string | null;
  readonly owner_id: string;
  readonly weight: string;
  readonly position: number | string;
}

interface AppliedRow {
  readonly revision: string;
  readonly apply_order: number | string;
  /** NULL where a version of the program applied it that knew of no such digest. */
  readonly dimensions_digest: string | null;
}

interface MeasureRow {
  readonly measure: string;
  readonly unit: string | null;
  readonly direction: string | null;
  readonly frequency: string | null;
  readonly decimals: number | string | null;
  readonly extract_id: string | null;
  readonly due_rule?: string | null;
}

/**
 * Stores a revision, or applies a known one again, and replaces the dimensions by those of this revision.
 *
 * Where the revision in force is applied again with the dimensions it has, only the time and the order of its applying are
 * written: each `run --once` applies, and a large configuration has tens of thousands of nodes.
 */
export async function saveConfigRevision(
  db: Knex,
  revision: string,
  document: string,
  at: Instant,
  nodes: readonly NodeDimension[],
  people: readonly PersonDimension[],
): Promise<void> {
  const latest: AppliedRow | undefined = await db('config_revision')
    .orderBy('config_revision.apply_order', 'desc')
    .first('config_revision.revision', 'config_revision.apply_order', 'config_revision.dimensions_digest');
  const rows = {
    dim_node: nodes.map(toNodeRow),
    dim_measure: nodes.filter((node) => node.kind === 'measure').map(toMeasureRow),
    dim_person: people.map(toPersonRow),
  };
  const digest = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  // The order is counted, not timed: clocks of two hosts differ, and two applies may share a millisecond.
  const applied = { applied_at: storedInstant(at), apply_order: toCount(latest?.apply_order ?? 0) + 1 };
  if (latest?.revision === revision && latest.dimensions_digest === digest) {
    await db('config_revision').where({ revision }).update(applied);
    return;
  }
  await db('config_revision')
    .insert({ revision, document, ...applied, dimensions_digest: digest })
    .onConflict(['revision'])
    .merge();
  for (const [table, content] of Object.entries(rows)) {
    await db(table).delete();
    await insertRows(db, table, content);
  }
}

export async function configRevision(db: Knex, revision: string): Promise<string | undefined> {
  const row: { document: string } | undefined = await db('config_revision')
    .where('config_revision.revision', revision)
    .first('config_revision.document');
  return row?.document;
}

/** Its id alone: the document of a large configuration is a megabyte. */
export async function latestRevision(db: Knex): Promise<string | undefined> {
  const row: { revision: string } | undefined = await db('config_revision')
    .orderBy('config_revision.apply_order', 'desc')
    .first('config_revision.revision');
  return row?.revision;
}

/** When it was applied. */
export async function latestApplied(db: Knex): Promise<Instant | undefined> {
  const row: { applied_at: string } | undefined = await db('config_revision')
    .orderBy('config_revision.apply_order', 'desc')
    .first('config_revision.applied_at');
  return row === undefined ? undefined : plainInstant(row.applied_at);
}

export async function latestConfigRevision(db: Knex): Promise<string | undefined> {
  const row: { document: string } | undefined = await db('config_revision')
    .orderBy('config_revision.apply_order', 'desc')
    .orderBy('config_revision.applied_at', 'desc')
    .first('config_revision.document');
  return row?.document;
}

/** A node of the applied configuration with, for a measure, what `dim_measure` adds. */
export async function nodeDimension(db: Knex, node: string): Promise<NodeDimension | undefined> {
  const row: (NodeRow & Omit<MeasureRow, 'measure'>) | undefined = await db('dim_node')
    .leftJoin('dim_measure', 'dim_measure.measure', 'dim_node.node')
    .where('dim_node.node', node)
    .first([
      'dim_node.node',
      'dim_node.kind',
      'dim_node.name',
      'dim_node.parent',
      'dim_node.owner_id',
      'dim_node.weight',
      'dim_node.position',
      'dim_measure.unit',
      'dim_measure.direction',
      'dim_measure.frequency',
      'dim_measure.decimals',
      'dim_measure.extract_id',
    ]);
  if (row === undefined) return undefined;
  const { owner_id: ownerId, extract_id: extract, decimals, ...same } = row;
  return withoutNulls({
    ...same,
    ownerId,
    extract,
    position: toCount(row.position),
    decimals: decimals === null ? null : toCount(decimals),
  });
}

function toNodeRow(node: NodeDimension) {
  return {
    node: node.node,
    kind: node.kind,
    name: node.name,
    parent: node.parent ?? null,
    owner_id: node.ownerId,
    weight: node.weight,
    position: node.position,
  } satisfies NodeRow;
}

function toMeasureRow(node: NodeDimension) {
  return {
    measure: node.node,
    unit: node.unit ?? null,
    direction: node.direction ?? null,
    frequency: node.frequency ?? null,
    decimals: node.decimals ?? null,
    extract_id: node.extract ?? null,
    due_rule: node.dueRule ?? null,
  } satisfies MeasureRow;
}

function toPersonRow(person: PersonDimension) {
  return {
    person: person.person,
    name: person.name,
    email: person.email ?? null,
    manager: person.manager ?? null,
  };
}
