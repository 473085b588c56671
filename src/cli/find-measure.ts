import { closestName, remedyForName } from '#src/config/spec/closest-name.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { Measure } from '#src/domain/measure/types.js';
import { isPeriodOf, parsePeriodId, periodContaining } from '#src/domain/period/period.js';
import type { Grain } from '#src/domain/period/types.js';

const MOST_NAMES = 12;

/**
 * The measure of an address, or of its last part where only one has it.
 *
 * @param others what else may be meant, for the remedy
 * @param doing what is done to it, for the message
 * @throws PlumblineError `config` CLI_UNKNOWN_MEASURE, CLI_AMBIGUOUS_MEASURE
 */
export function findMeasure(
  measures: readonly Measure[],
  written: string,
  others: readonly { readonly address: string }[] = [],
  doing = 'explain',
): Measure {
  const exact = measures.find(({ address }) => address === written);
  if (exact !== undefined) return exact;
  const [first, ...more] = measures.filter(({ address }) => address.endsWith(`/${written}`));
  if (first === undefined) {
    throw new PlumblineError(
      'config',
      'CLI_UNKNOWN_MEASURE',
      `Cannot ${doing} "${written}": no measure, objective, perspective or scorecard is called so.`,
      {
        remedy: capitalised(remedyFor(written, measures, others)),
      },
    );
  }
  if (more.length === 0) return first;
  const ending = [first, ...more];
  throw new PlumblineError(
    'config',
    'CLI_AMBIGUOUS_MEASURE',
    `Cannot ${doing} "${written}": ${ending.length.toLocaleString('en-US')} measures end so.`,
    { remedy: `Use the whole address: ${addressesOf(ending)}.` },
  );
}

/** Addresses to choose from; those of many units by one that stands for all. */
export function addressesOf(measures: readonly Measure[]): string {
  if (measures.length <= MOST_NAMES) return measures.map(({ address }) => address).join(', ');
  const forms = new Map(measures.toReversed().map((measure) => [formOf(measure), measure.address]));
  const shown = [...forms].slice(0, MOST_NAMES).map(([form, example]) => {
    return form === example ? example : `${form}, such as ${example}`;
  });
  return `${shown.join('; ')}${forms.size > MOST_NAMES ? ' …' : ''}`;
}

/** `shops/<unit>/revenue` of a measure that there is for each of many units. */
function formOf({ address, template }: Measure): string {
  if (template === undefined) return address;
  const cut = template.indexOf('/');
  return `${template.slice(0, cut)}/<unit>${template.slice(cut)}`;
}

/**
 * A period id fit for a measure, or for another node by the grain of its scorecard.
 *
 * @throws PlumblineError `config` CONFIG_BAD_PERIOD, CLI_OTHER_FREQUENCY, CLI_OTHER_CALENDAR
 */
export function assertPeriodOf(
  measure: Grain & { readonly address: string; readonly kind?: string },
  id: string,
  { site }: Pick<ResolvedConfig, 'site'>,
  doing = 'explain',
): void {
  const period = parsePeriodId(id, Object.values(site.periodCalendars ?? {}));
  if (isPeriodOf(period, measure)) return;
  const { kind = 'measure' } = measure;
  const example = periodContaining(period.start, measure).id;
  if (period.frequency === measure.frequency) {
    throw new PlumblineError(
      'config',
      'CLI_OTHER_CALENDAR',
      `Cannot ${doing} "${measure.address}" in "${id}": that is a period of another calendar than that of the ${kind}.`,
      { remedy: `Name a period of its own calendar, such as ${example}.` },
    );
  }
  throw new PlumblineError(
    'config',
    'CLI_OTHER_FREQUENCY',
    `Cannot ${doing} "${measure.address}" in "${id}": that is a ${period.frequency} period and the ${kind} is ${measure.frequency}.`,
    { remedy: `Name a ${measure.frequency} period, such as ${example}.` },
  );
}

function remedyFor(
  written: string,
  measures: readonly Measure[],
  others: readonly { readonly address: string }[],
): string {
  const addresses = [...measures, ...others].map(({ address }) => address);
  const ids = addresses.map((address) => address.slice(address.lastIndexOf('/') + 1));
  const meant = closestName(written, [...new Set(ids), ...addresses]);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  const holding = addresses.filter((address) => written !== '' && address.includes(written.toLowerCase()));
  if (holding.length > 0) {
    return `did you mean one of: ${holding.slice(0, MOST_NAMES).join(', ')}${holding.length > MOST_NAMES ? ' …' : ''}?`;
  }
  return remedyForName(written, addresses, 'the configuration has no measures');
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
