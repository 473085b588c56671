import { describe, expect, it } from 'vitest';
import { displayWidth, fitTo, padTo, printable, wrapped } from '#src/cli/render/text-width.js';

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['Größe', 5],
    ['Gro\u0308ße', 5],
    ['売上高', 6],
    ['ｆｕｌｌ', 8],
    ['한국', 4],
    ['🚀 lift', 7],
    ['👩‍👩‍👧 team', 7],
    ['● on track', 10],
    ['… late', 6],
    ['zero\u200bwidth', 9],
  ])('of "%s" is %i', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('fitTo', () => {
  it('leaves a text that fits as it is', () => {
    expect(fitTo('exactly', 7)).toBe('exactly');
  });

  it('puts an ellipsis in place of what is cut, without a space before it', () => {
    expect(fitTo('Orders delivered', 8)).toBe('Orders…');
  });

  it('cuts no wide character in two', () => {
    expect(fitTo('売上高の推移', 6)).toBe('売上…');
    expect(displayWidth(fitTo('売上高の推移', 6))).toBeLessThanOrEqual(6);
  });
});

describe('padTo', () => {
  it('counts what a terminal shows', () => {
    expect(padTo('売上', 6)).toBe('売上  ');
    expect(padTo('4.0', 6, 'right')).toBe('   4.0');
    expect(padTo('longer', 3)).toBe('longer');
  });
});

describe('printable', () => {
  it('takes from a text what a terminal would obey', () => {
    expect(printable('a\u001b[2Jb\r\nc\u0007\u009b31m')).toBe('a [2Jb c 31m');
    expect(printable('safe\u202etxt.exe')).toBe('safetxt.exe');
  });
});

describe('wrapped', () => {
  it('breaks at spaces and indents every line', () => {
    expect(wrapped('one two three', 9, '  ')).toBe('  one two\n  three');
  });

  it('leaves a word longer than the line whole', () => {
    expect(wrapped('a /very/long/path b', 6)).toBe('a\n/very/long/path\nb');
  });
});
