import type { z } from 'zod';
import { below, type Path, type Place, type ProblemList } from '../problem-list.js';
import { remedyForName } from './closest-name.js';
import { quote } from './scalars.js';
import { keyMetaAt, keysAt, metaAt } from './schema-walk.js';

type Issue = z.core.$ZodIssue;

/**
 * Tells what a schema found wrong with a value of a file: one problem for each issue, at the key or value it is about.
 *
 * @param place of the value that was checked; paths of issues start there
 */
export function reportIssues(
  schema: z.core.$ZodType,
  value: unknown,
  issues: readonly Issue[],
  place: Place,
  problems: ProblemList,
): void {
  for (const issue of issues) report({ schema, value, place, problems }, issue, issue.path.filter(isStep));
}

interface Checked {
  readonly schema: z.core.$ZodType;
  readonly value: unknown;
  readonly place: Place;
  readonly problems: ProblemList;
}

function report(checked: Checked, issue: Issue, path: Path): void {
  const { schema, value, problems } = checked;
  const place = below(checked.place, ...path);
  const found = valueAt(value, path);
  const meta = metaAt(schema, path);
  const name = nameOf(place);
  const remedy = remedyOf(issue) ?? meta.remedy ?? meta.description ?? 'see docs/reference/config.md';

  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) reportUnknownKey(checked, path, key);
  } else if (issue.code === 'invalid_key') {
    const message = issue.issues[0]?.message ?? `${quote(path.at(-1))} cannot be used here`;
    const advice = keyMetaAt(schema, path.slice(0, -1)).remedy ?? 'use another key';
    problems.error('CONFIG_INVALID_KEY', { ...place, at: 'key' }, message, advice);
  } else if (found === undefined) {
    const advice = meta.description ?? meta.remedy;
    const key = String(place.path.at(-1) ?? place.file.name);
    problems.error('CONFIG_MISSING_KEY', place, `${name} is missing`, `add ${key}:${advice ? ` ${advice}` : ''}`);
  } else if (issue.code === 'invalid_union') {
    reportUnion(checked, issue, path);
  } else if (issue.code === 'invalid_type') {
    const message = `${name} is ${shown(found, meta.secret)}, expected ${KINDS[issue.expected] ?? issue.expected}`;
    problems.error('CONFIG_WRONG_TYPE', place, message, remedy);
  } else if (issue.code === 'invalid_value') {
    const message = `${name} is ${shown(found, meta.secret)}, which is none of the words it can be`;
    const values = issue.values.map(String);
    problems.error('CONFIG_INVALID_VALUE', place, message, remedyForName(String(found), values, remedy));
  } else {
    const quoted =
      typeof found === 'object' || meta.secret || issue.message.includes(String(found)) ? '' : `${quote(found)}: `;
    problems.error('CONFIG_INVALID_VALUE', place, `${name}: ${quoted}${issue.message}`, remedy);
  }
}

function reportUnknownKey({ schema, place, problems }: Checked, path: Path, key: string): void {
  const parent = below(place, ...path);
  const message = `unknown key ${quote(key)}${parent.path.length === 0 ? '' : ` in ${nameOf(parent)}`}`;
  problems.error(
    'CONFIG_UNKNOWN_KEY',
    { ...below(parent, key), at: 'key' },
    message,
    keyRemedy(key, keysAt(schema, path)),
  );
}

function keyRemedy(key: string, known: readonly string[]): string {
  // `{ value: 4,5 }` is a map with the keys "value" and "5".
  if (/^\d+$/.test(key)) return 'write decimals with a point, such as 4.5: a comma begins another key';
  return known.includes(key)
    ? 'remove it: it belongs to another form of this setting'
    : remedyForName(key, known, 'remove it');
}

/** Of a union the member that the value comes nearest to: somebody who wrote a map did not mean the word. */
function reportUnion(checked: Checked, issue: Extract<Issue, { code: 'invalid_union' }>, path: Path): void {
  const options: readonly string[] =
    'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
  const { schema, value, place, problems } = checked;
  const here = below(place, ...path);
  const found = valueAt(value, path);
  if (issue.errors.length === 0) {
    const message = `${nameOf(here)} is ${shown(found, false)}, which is none of the words it can be`;
    const remedy = remedyForName(String(found), options, metaAt(schema, path).remedy ?? 'see docs/reference/config.md');
    problems.error('CONFIG_INVALID_VALUE', here, message, remedy);
    return;
  }
  const nearest = issue.errors.toSorted((a, b) => distance(a) - distance(b))[0] ?? [];
  for (const inner of nearest) report(checked, inner, [...path, ...inner.path.filter(isStep)]);
}

function distance(issues: readonly Issue[]): number {
  const another = issues.some(
    ({ code, path }) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value'),
  );
  return issues.length + (another ? 1000 : 0);
}

function remedyOf(issue: Issue): string | undefined {
  if (issue.code !== 'custom') return undefined;
  const remedy: unknown = issue.params?.['remedy'];
  return typeof remedy === 'string' ? remedy : undefined;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  record: 'a map',
  object: 'a map',
  array: 'a list',
  tuple: 'a list',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
};

function shown(value: unknown, secret: boolean | undefined): string {
  if (secret) return 'of another type';
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : quote(value);
}

/** A place in words: `measures.contract-renewal-rate.owner`, list items by their id where they have one. */
export function nameOf({ file, path }: Place): string {
  let value = file.value;
  const names = path.map((step) => {
    value = valueAt(value, [step]);
    const id = typeof step === 'number' ? valueAt(value, ['id']) : undefined;
    return typeof id === 'string' ? id : String(step);
  });
  return names.length === 0 ? file.name : names.join('.');
}

/** The value at a path, `undefined` where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Readonly<Record<string | number, unknown>>)[step];
  }
  return current;
}

function isStep(step: PropertyKey): step is string | number {
  return typeof step !== 'symbol';
}
