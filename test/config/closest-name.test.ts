import { expect, it } from 'vitest';
import { closestName, remedyForName } from '#src/config/spec/closest-name.js';
import { findCycle } from '#src/domain/graph/find-cycle.js';

it('finds the name with a letter too many, too few, changed or swapped', () => {
  const names = ['amara', 'omar', 'lena'];
  expect(['amarra', 'amra', 'amira', 'maara', 'AMARA'].map((written) => closestName(written, names))).toEqual(
    names.slice(0, 1).concat('amara', 'amara', 'amara', 'amara'),
  );
});

it('does not guess at what is far from every name', () => {
  expect(closestName('zebra', ['amara', 'omar'])).toBeUndefined();
  expect(closestName('x', [])).toBeUndefined();
});

it('lists the names when none is near, and not all of many', () => {
  expect(remedyForName('zebra', ['a-name', 'b-name'], 'add one')).toBe('use one of: a-name, b-name');
  expect(
    remedyForName(
      'zebra',
      Array.from({ length: 40 }, (_, index) => `name-${index}`),
      '',
    ),
  ).toContain('… (40 in all)');
  expect(remedyForName('zebra', [], 'add one')).toBe('add one');
});

it('finds a circle and gives it from where it closes', () => {
  expect(
    findCycle(
      new Map([
        ['a', ['b']],
        ['b', ['c', 'd']],
        ['d', ['b']],
      ]),
    ),
  ).toEqual(['b', 'd', 'b']);
  expect(findCycle(new Map([['a', ['a']]]))).toEqual(['a', 'a']);
});

it('finds no circle where two ways lead to one id, nor in a long chain', () => {
  expect(
    findCycle(
      new Map([
        ['a', ['b', 'c']],
        ['b', ['d']],
        ['c', ['d']],
        ['d', ['gone']],
      ]),
    ),
  ).toBeUndefined();
  expect(
    findCycle(new Map(Array.from({ length: 50_000 }, (_, index) => [`${index}`, [`${index + 1}`]]))),
  ).toBeUndefined();
});
