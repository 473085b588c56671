import type { z } from 'zod';
import type { Path, Place, ProblemList, SourceFile } from '../problem-list.js';
import type { FolderContent } from '../read-folder.js';
import { ConnectionSpec, ConnectionsSpec } from './connections-spec.js';
import { ExampleSpec } from './examples-spec.js';
import { ExtractSpec, ExtractsSpec } from './extracts-spec.js';
import { MeasureSpec } from './measure-spec.js';
import { PeopleSpec, PersonSpec } from './people-spec.js';
import { reportIssues, valueAt } from './report-issues.js';
import { ObjectiveSpec, PerspectiveSpec, ScorecardHeadSpec, ScorecardSpec } from './scorecard-spec.js';
import { SiteSpec } from './site-spec.js';
import { UnitSetSpec, UnitsSpec } from './units-spec.js';

/** One well-formed entry of a file, and where it stands. */
export interface Entry<Spec> {
  readonly id: string;
  readonly spec: Spec;
  readonly place: Place;
}

/** The entries of one kind. */
export interface Entries<Spec> {
  /** Well-formed ones, in file order. */
  readonly entries: readonly Entry<Spec>[];
  /**
   * All ids, with those of malformed entries: a reference to one of these is not an unknown name.
   * `undefined` when a file could not be read, so that nothing can be said about names.
   */
  readonly ids: ReadonlySet<string> | undefined;
}

/** One scorecard file after its shape was checked. */
export interface ScorecardEntries {
  readonly head: Entry<ScorecardHeadSpec> | undefined;
  readonly perspectives: Entries<PerspectiveSpec>;
  readonly objectives: Entries<ObjectiveSpec>;
  readonly measures: Entries<MeasureSpec>;
  /** Well-formed ones; their ids are their positions. */
  readonly examples: readonly Entry<ExampleSpec>[];
}

/** A folder after its shape was checked: what is well-formed can be checked further, though something else is not. */
export interface Specs {
  readonly site: Entry<SiteSpec> | undefined;
  readonly people: Entries<PersonSpec>;
  readonly connections: Entries<ConnectionSpec>;
  readonly units: Entries<UnitSetSpec>;
  readonly extracts: Entries<ExtractSpec>;
  readonly scorecards: readonly ScorecardEntries[];
}

/** Checks the shape of every file. Ids given twice are told, and the later entry is left out. */
export function readSpecs(folder: FolderContent, problems: ProblemList): Specs {
  const { site, people, connections, units, extracts, scorecards, incomplete } = folder;
  const scorecardIds = new Ids('scorecard', problems);
  return {
    site: site && readSite(site, problems),
    people: section(people ? [people] : [], PeopleSpec, PersonSpec, 'people', incomplete.has('people'), problems),
    connections: section(
      connections ? [connections] : [],
      ConnectionsSpec,
      ConnectionSpec,
      'connections',
      incomplete.has('connections'),
      problems,
    ),
    units: readUnits(units, incomplete.has('units'), problems),
    extracts: section(extracts, ExtractsSpec, ExtractSpec, 'extracts', incomplete.has('extracts'), problems),
    scorecards: scorecards.flatMap((file) => readScorecard(file, scorecardIds, problems) ?? []),
  };
}

function readSite(file: SourceFile, problems: ProblemList): Entry<SiteSpec> | undefined {
  const place = { file, path: [] };
  const result = SiteSpec.safeParse(file.value);
  if (result.success) return { id: result.data.id, spec: result.data, place };
  reportIssues(SiteSpec, file.value, result.error.issues, place, problems);
  return undefined;
}

function readUnits(file: SourceFile | undefined, isIncomplete: boolean, problems: ProblemList): Entries<UnitSetSpec> {
  return section(file ? [file] : [], UnitsSpec, UnitSetSpec, 'units', isIncomplete, problems);
}

/** The entries of a section that maps ids to entries, over all files that have one. */
function section<Spec>(
  files: readonly SourceFile[],
  fileSchema: z.ZodType,
  entrySchema: z.ZodType<Spec>,
  name: string,
  isIncomplete: boolean,
  problems: ProblemList,
): Entries<Spec> {
  const ids = new Ids(name.replace(/s$/, ''), problems);
  const entries: Entry<Spec>[] = [];
  let allKnown = !isIncomplete;
  for (const file of files) {
    const isWellFormed = checkFile(file, fileSchema, problems);
    const content = valueAt(file.value, [name]);
    if (typeof content !== 'object' || content === null || Array.isArray(content)) {
      allKnown = false;
      continue;
    }
    for (const [id, raw] of Object.entries(content)) {
      const place = { file, path: [name, id] };
      if (!ids.add(id, { ...place, at: 'key' })) continue;
      const entry = readEntry(entrySchema, raw, id, place, isWellFormed);
      if (entry !== undefined) entries.push(entry);
    }
  }
  return { entries, ids: allKnown ? ids.all : undefined };
}

function readScorecard(file: SourceFile, scorecardIds: Ids, problems: ProblemList): ScorecardEntries | undefined {
  const isWellFormed = checkFile(file, ScorecardSpec, problems);
  const rawHead = valueAt(file.value, ['scorecard']);
  const id = valueAt(rawHead, ['id']);
  if (typeof id === 'string' && !scorecardIds.add(id, { file, path: ['scorecard', 'id'] })) return undefined;
  const place = { file, path: ['scorecard'] };
  // Perspectives, objectives and measures share one space of addresses, <scorecard>/<id>.
  const ids = new Ids('perspective, objective or measure', problems);
  const list = <Spec>(schema: z.ZodType<Spec>, name: string): Entries<Spec> =>
    listSection(file, schema, name, ids, isWellFormed);
  return {
    head: typeof id === 'string' ? readEntry(ScorecardHeadSpec, rawHead, id, place, isWellFormed) : undefined,
    perspectives: list(PerspectiveSpec, 'perspectives'),
    objectives: list(ObjectiveSpec, 'objectives'),
    measures: list(MeasureSpec, 'measures'),
    examples: readExamples(file, isWellFormed),
  };
}

/** Examples have no ids: nothing refers to them. */
function readExamples(file: SourceFile, isWellFormed: boolean): readonly Entry<ExampleSpec>[] {
  const content = valueAt(file.value, ['examples']);
  const items: readonly unknown[] = Array.isArray(content) ? content : [];
  return items.flatMap((raw, index) => {
    const place = { file, path: ['examples', index] };
    return readEntry(ExampleSpec, raw, String(index), place, isWellFormed) ?? [];
  });
}

function listSection<Spec>(
  file: SourceFile,
  schema: z.ZodType<Spec>,
  name: string,
  shared: Ids,
  isWellFormed: boolean,
): Entries<Spec> {
  const content = valueAt(file.value, [name]);
  const items: readonly unknown[] = Array.isArray(content) ? content : [];
  const own = new Set<string>();
  const entries = items.flatMap((raw, index): Entry<Spec>[] => {
    const id = valueAt(raw, ['id']);
    if (typeof id !== 'string') return [];
    own.add(id);
    const place = { file, path: [name, index] };
    if (!shared.add(id, { file, path: [...place.path, 'id'] })) return [];
    const entry = readEntry(schema, raw, id, place, isWellFormed);
    return entry === undefined ? [] : [entry];
  });
  return { entries, ids: own };
}

/** Reports what is wrong with the shape of a whole file. */
function checkFile(file: SourceFile, schema: z.ZodType, problems: ProblemList): boolean {
  const result = schema.safeParse(file.value);
  if (!result.success) reportIssues(schema, file.value, result.error.issues, { file, path: [] }, problems);
  return result.success;
}

/** An entry if it is well-formed; what is wrong with it has been told by {@link checkFile}. */
function readEntry<Spec>(
  schema: z.ZodType<Spec>,
  raw: unknown,
  id: string,
  place: { readonly file: SourceFile; readonly path: Path },
  isWellFormed: boolean,
): Entry<Spec> | undefined {
  if (isWellFormed) return { id, spec: schema.parse(raw), place };
  const result = schema.safeParse(raw);
  return result.success ? { id, spec: result.data, place } : undefined;
}

/** Ids of one kind, and where each was given first. */
class Ids {
  readonly all = new Set<string>();
  readonly #kind: string;
  readonly #problems: ProblemList;
  readonly #places = new Map<string, Place>();

  constructor(kind: string, problems: ProblemList) {
    this.#kind = kind;
    this.#problems = problems;
  }

  /** Whether the id is new; one given before is told, with the place it was first. */
  add(id: string, place: Place): boolean {
    const first = this.#places.get(id);
    if (first === undefined) {
      this.#places.set(id, place);
      this.all.add(id);
      return true;
    }
    const { line } = first.file.locate(first.path, first.at ?? 'value');
    const message = `the ${this.#kind} id "${id}" is taken: it stands in ${first.file.name}:${line}`;
    this.#problems.error('CONFIG_DUPLICATE_ID', place, message, 'give one of the two another id');
    return false;
  }
}
