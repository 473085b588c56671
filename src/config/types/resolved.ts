import type { CollectedMeasure, Measure } from '#src/domain/measure/types.js';
import type { Connection, Extract, PullGroup } from './extracts.js';
import type { Person } from './people.js';
import type { Scorecard, Templates, UnitSet } from './scorecards.js';
import type { Site } from './site.js';

/** A whole configuration: every default filled in, every reference checked. Plain data, no secrets, JSON both ways. */
export interface ResolvedConfig {
  /** sha256 of the rest, hex, 16 characters: the config revision. */
  readonly revision: string;
  /** Absolute path of the folder it was read from. */
  readonly folder: string;
  readonly site: Site;
  readonly people: readonly Person[];
  readonly connections: readonly Connection[];
  readonly extracts: readonly Extract[];
  readonly pullGroups: readonly PullGroup[];
  readonly scorecards: readonly Scorecard[];
  readonly measures: readonly Measure[];
  /** Targets and other series that come from an extract, collected as measures are: `<measure>#<series>`. */
  readonly seriesMeasures?: readonly CollectedMeasure[];
  readonly unitSets?: readonly UnitSet[];
  /** Definitions that serve many units; what they make of them stands among the others. */
  readonly templates?: Templates;
}
