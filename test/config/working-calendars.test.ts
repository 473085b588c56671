import { describe, expect, it } from 'vitest';
import { absentFile, ProblemList } from '#src/config/problem-list.js';
import { resolveWorkingCalendar } from '#src/config/resolve/working-calendars.js';

describe('public holidays', () => {
  it('of a region are asked of a package, and that it is missing is told with what to do', () => {
    const problems = new ProblemList();
    const place = { file: absentFile('site.yaml'), path: [] };
    const known = new Map([['DE-BY', 'not_installed' as const]]);
    resolveWorkingCalendar({ holidays: [], public_holidays: 'DE-BY' }, place, known, problems);
    expect(problems.inOrder()).toMatchObject([
      {
        code: 'CONFIG_HOLIDAYS_UNAVAILABLE',
        path: 'public_holidays',
        remedy: 'run npm install date-holidays beside Plumbline, or list the days under holidays',
      },
    ]);
  });
});
