import { describe, expect, it } from 'vitest';
import { changed, configOf, read, SOUND } from './support/config-folder.js';

const withDigest = (digest: string) =>
  changed('site.yaml', 'operator: omar\n', `operator: omar\ndigest: ${digest}\n`, SOUND);

describe('digest', () => {
  it('says after how many days what stays open is told again, where that is written', async () => {
    const rulesOf = async (digest: string) => (await configOf(withDigest(digest))).people.map((each) => each.digest);
    const daily = { every: 'day', hour: 7, minute: 30, timeZone: 'Europe/Berlin', saysWhenEmpty: false };
    expect(await rulesOf("{ every: day, at: '07:30' }")).toEqual([daily, daily]);
    const three = { ...daily, repeatDays: 3 };
    expect(await rulesOf("{ every: day, at: '07:30', repeat_days: 3 }")).toEqual([three, three]);
    const never = { ...daily, every: 'month', day: 1, repeatDays: 'never' };
    expect(await rulesOf("{ every: month, day: 1, at: '07:30', repeat_days: never }")).toEqual([never, never]);
  });

  it.each(['0', '1.5', 'always', '367'])('refuses repeat_days: %s, with its place', async (written) => {
    const { problems } = await read(withDigest(`{ every: day, at: '07:30', repeat_days: ${written} }`));
    expect(problems).toMatchObject([{ code: 'CONFIG_INVALID_VALUE', file: 'site.yaml', line: 7 }]);
    expect(problems[0]?.message).toContain(written);
  });
});
