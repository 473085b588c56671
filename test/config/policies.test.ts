// Policies of alerts, and what people.yaml says of absence and hours.
import { describe, expect, it } from 'vitest';
import { changed, configOf, read, SOUND } from './support/config-folder.js';

const SITE = 'site.yaml';
const PEOPLE = 'people.yaml';

const withPolicies = (policies: string, files = SOUND) =>
  changed(SITE, 'operator: omar\n', `operator: omar\nalerts:\n  policies:\n${policies}`, files);
const withPerson = (more: string) =>
  changed(PEOPLE, 'amara: { name: Amara Osei, manager: omar }', `amara: { name: Amara Osei, ${more} }`);

async function told(files: typeof SOUND): Promise<string[]> {
  const { problems } = await read(files);
  return problems.map(({ code, file, line, column, message, remedy }) =>
    [`${file}:${line}:${column}`, code.replace('CONFIG_', ''), message, '→', remedy].join(' '),
  );
}

describe('alerts.policies', () => {
  it('are resolved in their order, with what was left out', async () => {
    const policies = `    - id: money
      match: { kinds: [missing, off_track], measures: [company] }
      severity: critical
      tell: [owner, objective_owner, omar]
      channels: [mail]
      remind: { gaps: [1d, 3wd], repeat: true, at_most: 5, stop_at_note: true }
      escalate: [{ after: 2d, tell: [manager] }]
      urgent: true
    - id: rest
`;
    const { site } = await configOf(withPolicies(policies));
    expect(site.alertPolicies).toEqual([
      {
        id: 'money',
        match: { kinds: ['missing', 'off_track'], measures: ['company'] },
        severity: 'critical',
        tell: ['owner', 'objective_owner', 'omar'],
        channels: ['mail'],
        remind: { gaps: ['1d', '3wd'], repeat: true, most: 5, stopAtNote: true },
        escalate: [{ after: '2d', tell: ['manager'] }],
        urgent: true,
      },
      { id: 'rest', match: {}, tell: ['who_can_act'], escalate: [], urgent: false },
    ]);
  });

  it('leave the configuration as it was where there are none', async () => {
    const { site, people } = await configOf(SOUND);
    expect([Object.keys(site), ...people.map(Object.keys)].flat()).not.toContain('alertPolicies');
    expect(people).toEqual([
      { id: 'omar', name: 'Omar Haddad', email: 'omar@example.com' },
      { id: 'amara', name: 'Amara Osei', manager: 'omar' },
    ]);
  });

  it.each([
    ['    - { id: a, tell: [oma] }\n', '9:23 UNKNOWN_RECIPIENT', 'there is no person "oma"', 'did you mean "omar"?'],
    [
      '    - { id: a, channels: [mial] }\n',
      '9:27 UNKNOWN_CHANNEL',
      'there is no channel "mial"',
      'did you mean "mail"?',
    ],
    ['    - { id: a, severity: grave }\n', '9:26 INVALID_VALUE', '"grave"', 'critical'],
    ['    - { id: a, match: { kinds: [lat] } }\n', '9:33 INVALID_VALUE', '"lat"', 'late'],
    ['    - { id: a, tell: [] }\n', '9:22 INVALID_VALUE', 'there is nobody to tell', ''],
    ['    - { id: a, remind: { gaps: [0d] } }\n', '9:33 INVALID_VALUE', '"0d" is no length of time', '3wd'],
    ['    - { id: a, remind: { gaps: [1y] } }\n', '9:33 INVALID_VALUE', '"1y" is no length of time', '3wd'],
    [
      '    - { id: a, remind: { gaps: [1d, 1w], at_most: 5 } }\n',
      '9:51 REMINDERS_END_BEFORE',
      'at_most is 5, and there are 2 reminders: none comes after the last of gaps',
      'write repeat: true',
    ],
    [
      '    - { id: a, escalate: [{ after: 1d, tell: [boss] }] }\n',
      '9:47 UNKNOWN_RECIPIENT',
      'no person "boss"',
      'use one of: omar, amara',
    ],
    [
      '    - { id: a }\n    - { id: b, match: { kinds: [late] } }\n',
      '10:13 POLICY_NEVER_DECIDES',
      '"a" before it takes all',
      'further up',
    ],
    [
      '    - { id: a, match: { measures: [compny] } }\n',
      '9:36 POLICY_NEVER_DECIDES',
      '"compny" is the address of no measure',
      '*',
    ],
    [
      '    - { id: a, match: { connections: [crm] } }\n',
      '9:39 POLICY_NEVER_DECIDES',
      '"crm" is the address of no connection',
      '*',
    ],
    [
      '    - { id: a, match: { kinds: [source_failed], measures: [company] } }\n',
      '9:13 POLICY_NEVER_DECIDES',
      'alerts of these kinds are about something else',
      'correct its match',
    ],
    ['    - { id: a }\n    - { id: a }\n', '10:13 DUPLICATE_ID', 'two policies "a"', 'another id'],
    [
      '    - { id: a, escalate: [{ after: 1d, tell: [manager] }] }\n',
      '9:47 NO_MANAGER',
      '"omar", who owns what the policy decides on, has no manager',
      'write a manager for "omar"',
    ],
  ])('%s is a problem: %s', async (policies, at, says, remedy) => {
    const problems = await told(withPolicies(policies));
    const [place = '', code = ''] = at.split(' ');
    const found = problems.find((each) => each.startsWith(`${SITE}:${place} ${code}`));
    expect(found, problems.join('\n')).toContain(says);
    expect(found).toContain(remedy);
  });

  it.each(['gaps: [1d], repeat: true, at_most: 9', 'gaps: [1d, 1w], at_most: 2', 'gaps: [1d, 1w], at_most: 1'])(
    'remind %s',
    async (remind) => {
      expect(await told(withPolicies(`    - { id: a, remind: { ${remind} } }\n`))).toEqual([]);
    },
  );

  it('tell the manager where every owner has one', async () => {
    const policies = '    - { id: a, match: { measures: [company] }, tell: [manager] }\n';
    expect(await told(withPolicies(policies))).toEqual([]);
  });

  it('are told of all at once', async () => {
    const policies = '    - { id: a, tell: [oma], channels: [mial] }\n    - { id: b, match: { measures: [x] } }\n';
    expect((await told(withPolicies(policies))).map((each) => each.split(' ')[1])).toEqual([
      'UNKNOWN_RECIPIENT',
      'UNKNOWN_CHANNEL',
      'POLICY_NEVER_DECIDES',
    ]);
  });
});

describe('hours and absence of people', () => {
  it('are resolved, the manager standing in where nobody is named', async () => {
    const { people } = await configOf(
      withPerson(`manager: omar, time_zone: Asia/Kolkata, channels: [mail],
    working_hours: { days: [mon, tuesday], from: '09:00', to: '17:30' }, quiet_hours: { from: '22:00', to: '07:00' },
    absent: [{ from: 2026-12-21, to: 2026-12-31 }]`),
    );
    expect(people[1]).toEqual({
      id: 'amara',
      name: 'Amara Osei',
      manager: 'omar',
      timeZone: 'Asia/Kolkata',
      workingHours: { days: [1, 2], from: '09:00', to: '17:30' },
      quietHours: { from: '22:00', to: '07:00' },
      absences: [{ from: '2026-12-21', to: '2026-12-31', standIn: 'omar' }],
      channels: ['mail'],
    });
  });

  it.each([
    ['time_zone: Europe/Berlni', 'UNKNOWN_TIME_ZONE', '"Europe/Berlni"', 'Europe/Berlin'],
    ['channels: [mial]', 'UNKNOWN_CHANNEL', '"mial"', 'did you mean "mail"?'],
    ["quiet_hours: { from: '22', to: '07:00' }", 'INVALID_VALUE', '"22" is not a time of day', '06:30'],
    [
      "quiet_hours: { from: '07:00', to: '07:00' }",
      'INVALID_VALUE',
      'begins and ends at the same time',
      'two different',
    ],
    ['absent: [{ from: 2026-12-21, to: 2026-12-31, stand_in: oma }]', 'UNKNOWN_STAND_IN', 'no person "oma"', '"omar"'],
    ['absent: [{ from: 2026-02-30, to: 2026-12-31, stand_in: omar }]', 'INVALID_DATE', '"2026-02-30"', 'YYYY-MM-DD'],
    [
      'absent: [{ from: 2026-12-21, to: 2026-12-01, stand_in: omar }]',
      'INVALID_DATE',
      'before it begins',
      '2026-12-21',
    ],
    ['absent: [{ from: 2026-12-21, to: 2026-12-31 }]', 'NO_STAND_IN', 'in the place of "amara"', 'add stand_in'],
    ['absent: [{ from: 2026-12-21, to: 2026-12-31, stand_in: amara }]', 'NO_STAND_IN', 'amara → amara', 'who is there'],
  ])('%s is a problem', async (more, code, says, remedy) => {
    const problems = await told(withPerson(more));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${PEOPLE}:\\d+:\\d+ ${code} `));
    expect(problems[0]).toContain(says);
    expect(problems[0]?.split('→').at(-1)).toContain(remedy);
  });

  it('go round only where the absences meet', async () => {
    const both = (to: string) =>
      changed(
        PEOPLE,
        'omar: { name: Omar Haddad, ',
        `omar: { name: Omar Haddad, absent: [{ from: 2026-12-01, to: ${to}, stand_in: amara }], `,
        withPerson('absent: [{ from: 2026-12-21, to: 2026-12-31, stand_in: omar }]'),
      );
    expect(await told(both('2026-12-20'))).toEqual([]);
    const [problem, ...others] = await told(both('2026-12-21'));
    expect(others).toEqual([]);
    expect(problem).toContain('on 2026-12-21 the stand-ins lead to nobody');
  });
});
