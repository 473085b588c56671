import { describe, expect, it } from 'vitest';
import { formsOf, overhear, textsIn } from '#connectors/kit/overhearing.js';

describe('overhear()', () => {
  it('hears both outputs in one piece and every way to use the console', async () => {
    const heard = await overhear(async () => {
      process.stdout.write('one-');
      process.stdout.write(Buffer.from('piece\n'));
      console.debug('%s-%s', 'two', 'halves');
      console.error(new Error('outer', { cause: new Error('inner') }));
    });
    expect(heard.join(' ')).toMatch(/one-piece[\s\S]*two-halves[\s\S]*outer[\s\S]*inner/);
  });

  it('hears no more once it is over, though the work failed', async () => {
    const before = [console.log, console.error, process.stdout.write, process.stderr.write];
    await expect(overhear(() => Promise.reject(new RangeError('no')))).rejects.toThrow('no');
    expect([console.log, console.error, process.stdout.write, process.stderr.write]).toEqual(before);
  });
});

describe('textsIn()', () => {
  it('finds what errors hide: causes, fields that are not listed, bytes, names', () => {
    const error = new AggregateError([new Error('in a list')], 'outer', { cause: { 'a name': new Set(['in a set']) } });
    Object.defineProperty(error, 'hidden', { value: Buffer.from('in bytes'), enumerable: false });
    const texts = textsIn({ error });
    for (const text of ['outer', 'in a list', 'a name', 'in a set', 'in bytes']) expect(texts).toContain(text);
  });

  it('ends where a value holds itself', () => {
    const value: Record<string, unknown> = { text: 'x' };
    value['self'] = value;
    expect(textsIn(value)).toEqual(['text', 'self', 'x']);
  });
});

describe('formsOf()', () => {
  it('has the secret as it stands in JSON, in an address and in a header', () => {
    expect(formsOf('a"b&c')).toEqual(['a"b&c', 'a\\"b&c', 'a%22b%26c', 'YSJiJmM=', 'YSJiJmM']);
  });
});
