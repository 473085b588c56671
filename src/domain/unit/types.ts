import type { DecimalText } from '../value/types.js';

/** A department, region, shop, hospital …: one of the many that a definition serves. */
export interface Unit {
  /** Unique within its set. */
  readonly id: string;
  readonly name: string;
  /** Cell that names it in the unit columns of sources; the id where absent. */
  readonly key?: string;
  /** Id of the unit it belongs to, of the same set. */
  readonly parent?: string;
  /** Person who answers for its measures; the owners of the definition where absent. */
  readonly owner?: string;
  /** Weight within its parent; 1 where absent. */
  readonly weight?: DecimalText;
  /** Numbers of its own that definitions name: targets, baselines, thresholds. */
  readonly attributes?: Readonly<Record<string, DecimalText>>;
}

/** What names a unit in the cells of a source. */
export function unitKey(unit: Unit): string {
  return unit.key ?? unit.id;
}
