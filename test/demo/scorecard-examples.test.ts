// The examples of the demo's scorecard, as `plumbline test` tries them.
import { describe, expect, it } from 'vitest';
import { test } from '#src/cli/commands/test.js';
import { root } from '../../scripts/setup/root.mjs';

describe('the examples of the demo', () => {
  it('all hold', async () => {
    const out: string[] = [];
    const context = {
      stdout: { write: (text: string) => out.push(text) },
      stderr: { write: (text: string) => out.push(text) },
      env: {},
      cwd: root,
      now: () => '2026-11-23T09:30:00Z',
      signal: new AbortController().signal,
    };
    expect([await test(context, [], { config: 'config' }), ...out]).toEqual([0, '6 examples passed.\n']);
  });
});
