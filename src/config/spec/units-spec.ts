import { z } from 'zod';
import { Decimal, Id, PositiveDecimal, quote, Text } from './scalars.js';

/** Part of an address, so as plain as other ids; may begin with a digit, as numbers of shops do. */
export const UnitId = z
  .string()
  .max(60)
  .regex(/^[a-z0-9][a-z0-9-]*$/, { error: ({ input }) => `${quote(input)} is not the id of a unit` })
  .meta({
    json: { type: ['string', 'integer'] },
    remedy: 'use lower-case letters, digits and dashes; what the source calls it is its key:',
  });

/** What a number of a unit is called: as a column of an extract may be. */
const AttributeName = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9_-]*$/, { error: ({ input }) => `${quote(input)} is not the name of an attribute` })
  .meta({ remedy: 'use lower-case letters, digits, dashes and _, starting with a letter: target_2026' });

/** One unit. */
export const UnitSpec = z.strictObject({
  id: UnitId.describe('Unique within the set; part of addresses.'),
  name: Text.optional().describe('Name shown to people; the id when left out.'),
  key: Text.optional().describe('What names it in the unit columns of sources; the id when left out.'),
  parent: UnitId.optional().describe('Unit of the same set that it belongs to.'),
  owner: Id.optional().describe('Person who answers for its measures; the owners of the definition when left out.'),
  weight: PositiveDecimal.optional().describe('Weight within its parent; 1 when left out.'),
  attributes: z
    .record(AttributeName, Decimal)
    .optional()
    .describe('Numbers of its own, which definitions name: targets: { attribute: target-2026 }.'),
});
export type UnitSpec = z.infer<typeof UnitSpec>;

const UnitsFromSpec = z.strictObject({
  extract: Id.describe('Extract that has a row for each unit; read when the configuration is applied.'),
  id: Text.describe('Column of what names the unit; made an id by small letters and dashes.'),
  name: Text.optional().describe('Column of its name.'),
  parent: Text.optional().describe('Column of what names the unit it belongs to.'),
  owner: Text.optional().describe('Column of the id of the person who answers for it.'),
  weight: Text.optional().describe('Column of its weight within its parent.'),
  attributes: z
    .array(Text)
    .optional()
    .describe('Columns of numbers that definitions name, by their names in the extract.'),
});
export type UnitsFromSpec = z.infer<typeof UnitsFromSpec>;

/** One set of units: listed, or read from an extract. */
export const UnitSetSpec = z
  .strictObject({
    list: z.array(UnitSpec).min(1).optional().describe('The units, in the order they are shown.'),
    from: UnitsFromSpec.optional().describe('Where they are read instead.'),
  })
  .refine(({ list, from }) => (list === undefined) !== (from === undefined), {
    error: 'a set of units is listed, or read from an extract',
    params: { remedy: 'keep one of: list, from' },
  });
export type UnitSetSpec = z.infer<typeof UnitSetSpec>;

/** `units.yaml` as a person writes it. */
export const UnitsSpec = z
  .strictObject({ units: z.record(Id, UnitSetSpec).describe('Sets of units, by id; scorecards name one as for_each.') })
  .describe('The departments, regions, shops … that one definition serves. The file may be left out.');
export type UnitsSpec = z.infer<typeof UnitsSpec>;
