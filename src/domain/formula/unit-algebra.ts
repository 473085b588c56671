/**
 * A unit as powers of its parts: EUR per day is `EUR` 1, `day` -1. Nothing in it is a plain number, or a percentage.
 */
export type Unit = ReadonlyMap<string, number>;

export const PLAIN: Unit = new Map();

/** Words for a number without a unit. A percentage is one too, times a hundred. */
const PLAIN_WORDS: ReadonlySet<string> = new Set([
  '',
  '%',
  'percent',
  '‰',
  'ratio',
  'index',
  'factor',
  'score',
  'points',
]);

/** Parts that a unit is known by; what somebody counts (tickets, patients) is not among them. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  second: ['second', 'seconds', 's', 'sec'],
  minute: ['minute', 'minutes', 'min'],
  hour: ['hour', 'hours', 'h'],
  day: ['day', 'days'],
  week: ['week', 'weeks'],
  month: ['month', 'months'],
  quarter: ['quarter', 'quarters'],
  year: ['year', 'years'],
  g: ['g'],
  kg: ['kg'],
  t: ['t', 'ton', 'tons', 'tonne', 'tonnes'],
  m: ['metre', 'metres', 'meter', 'meters'],
  km: ['km'],
  l: ['l', 'litre', 'litres', 'liter', 'liters'],
  kWh: ['kwh'],
  MWh: ['mwh'],
  GWh: ['gwh'],
};

const BY_WORD: ReadonlyMap<string, string> = new Map(
  Object.entries(PARTS).flatMap(([part, words]) => words.map((word) => [word, part] as const)),
);

const EXPONENTS = '0123456789';

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

const SIGNS: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', $: 'USD' };

/**
 * The unit a measure's word means: currencies by their code or sign, times, weights and a few more, `EUR/day`, `EUR
 * per day`, `EUR^2`, and words for plain numbers. `undefined` for every other word: of what is only counted nobody
 * can say what may be added to what.
 */
export function unitOf(word: string): Unit | undefined {
  const text = word.trim();
  if (PLAIN_WORDS.has(text.toLowerCase())) return PLAIN;
  const [upper = '', ...lower] = text.split(/\s*\/\s*|\s+per\s+/);
  if (lower.length > 1) return undefined;
  const [top, bottom] = [product(upper), lower[0] === undefined ? PLAIN : product(lower[0])];
  return top && bottom && multiplied(top, raised(bottom, -1));
}

/** A unit in words, `plain number` where there is none. */
export function unitText(unit: Unit): string {
  const side = (sign: number): string =>
    [...unit]
      .filter(([, power]) => Math.sign(power) === sign)
      .map(([part, power]) => (Math.abs(power) === 1 ? part : `${part}^${Math.abs(power)}`))
      .join(' ');
  const [upper, lower] = [side(1), side(-1)];
  if (upper === '' && lower === '') return 'a plain number';
  return lower === '' ? upper : `${upper === '' ? '1' : upper}/${lower}`;
}

export function multiplied(a: Unit, b: Unit): Unit {
  const powers = new Map(a);
  for (const [part, power] of b) powers.set(part, (powers.get(part) ?? 0) + power);
  return new Map([...powers].filter(([, power]) => power !== 0));
}

/** A unit to a power, which may be a fraction: the root of an area is a length. */
export function raised(unit: Unit, exponent: number): Unit {
  return new Map(
    [...unit].map(([part, power]) => [part, power * exponent] as const).filter(([, power]) => power !== 0),
  );
}

export function sameUnit(a: Unit, b: Unit): boolean {
  return a.size === b.size && [...a].every(([part, power]) => b.get(part) === power);
}

function product(text: string): Unit | undefined {
  let unit = PLAIN;
  for (const factor of text.split(/\s*[*·]\s*/)) {
    const [, word = factor, exponent = '1'] = /^(.*)\^([2-9])$/.exec(factor) ?? [];
    const part = partOf(word.trim());
    if (part === undefined) return undefined;
    unit = multiplied(unit, raised(part, EXPONENTS.indexOf(exponent)));
  }
  return unit;
}

function partOf(word: string): Unit | undefined {
  const known = SIGNS[word] ?? (CURRENCIES.has(word) ? word : BY_WORD.get(word.toLowerCase()));
  if (known !== undefined) return new Map([[known, 1]]);
  return word === '1' ? PLAIN : undefined;
}
