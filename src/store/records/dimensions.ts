import type { DecimalText } from '#src/domain/value/types.js';

export type NodeKind = 'scorecard' | 'perspective' | 'objective' | 'measure';

/** A node of the scorecard tree as BI tools and the table see it. */
export interface NodeDimension {
  /** Same id as in {@link ScoreRecord}; a measure's is its address. */
  readonly node: string;
  readonly kind: NodeKind;
  readonly name: string;
  readonly parent?: string;
  readonly ownerId: string;
  readonly weight: DecimalText;
  /** Order of display over the whole tree, from 0. */
  readonly position: number;
  /** Measures only. */
  readonly unit?: string;
  readonly direction?: string;
  readonly frequency?: string;
  readonly decimals?: number;
  /** Measures only: the extract its values come from. */
  readonly extract?: string;
  /** Measures only: digest of the rule by which values are due, with its calendar and zone. */
  readonly dueRule?: string;
}

export interface PersonDimension {
  readonly person: string;
  readonly name: string;
  readonly email?: string;
  readonly manager?: string;
}
