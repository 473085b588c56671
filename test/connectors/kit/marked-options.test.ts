import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { secretMarksOf, textsOfOptions } from '#connectors/kit/marked-options.js';

const secret = z.string().meta({ secret: true });

describe('secretMarksOf()', () => {
  it.each<[string, z.ZodType, readonly string[], boolean]>([
    ['a marked text', z.strictObject({ token: secret }), ['token'], true],
    ['a text without a mark', z.strictObject({ token: z.string() }), ['token'], false],
    ['an optional one', z.strictObject({ token: secret.optional() }), ['token'], true],
    ['one that may be null', z.strictObject({ token: secret.nullable() }), ['token'], true],
    [
      'one with a mark on the outside',
      z.strictObject({ token: z.string().optional().meta({ secret: true }) }),
      ['token'],
      true,
    ],
    ['one inside a map', z.strictObject({ oauth: z.strictObject({ key: secret }).optional() }), ['oauth', 'key'], true],
    [
      'what is below a marked map',
      z.strictObject({ key: z.looseObject({}).meta({ secret: true }) }),
      ['key', 'a'],
      true,
    ],
    ['a value of a record', z.strictObject({ headers: z.record(z.string(), secret) }), ['headers', 'x-key'], true],
    ['a value of a record without marks', z.strictObject({ h: z.record(z.string(), z.string()) }), ['h', 'x'], false],
    ['an item of a list', z.strictObject({ keys: z.array(secret) }), ['keys', '3'], true],
    ['the marked item of a tuple', z.strictObject({ pair: z.tuple([z.string(), secret]) }), ['pair', '1'], true],
    ['the other item of a tuple', z.strictObject({ pair: z.tuple([z.string(), secret]) }), ['pair', '0'], false],
    [
      'a choice that alone knows it',
      z.union([z.strictObject({ a: secret }), z.strictObject({ b: z.string() })]),
      ['a'],
      true,
    ],
    ['one choice of two that know it', z.union([z.object({ a: secret }), z.object({ a: z.string() })]), ['a'], false],
    ['a text that may be marked or not', z.strictObject({ a: z.union([secret, z.string().min(3)]) }), ['a'], false],
    [
      'a discriminated choice',
      z.discriminatedUnion('k', [z.object({ k: z.literal('x'), a: secret }), z.object({ k: z.literal('y') })]),
      ['a'],
      true,
    ],
    ['a part of two together', z.object({ b: z.string() }).and(z.object({ a: secret })), ['a'], true],
    [
      'a schema with a name of its own',
      z.strictObject({ a: secret.meta({ id: 'exam-secret', secret: true }), b: z.string() }),
      ['a'],
      true,
    ],
    ['an option nobody knows', z.looseObject({}), ['a'], false],
  ])('tells of %s', (_what, schema, path, isMarked) => {
    expect(secretMarksOf(schema)(path)).toBe(isMarked);
  });
});

describe('textsOfOptions()', () => {
  it('gives every text with its place, in maps and lists', () => {
    expect(textsOfOptions({ a: 'x', b: { c: ['y', 1, null] } })).toEqual([
      { path: ['a'], text: 'x' },
      { path: ['b', 'c', '0'], text: 'y' },
    ]);
  });
});
