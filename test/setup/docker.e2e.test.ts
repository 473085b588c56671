// The commands of the container files exist in the command line that was built.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/setup/root.mjs';

const commands = ['docker-compose.yml', 'Dockerfile'].flatMap((file) =>
  [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /(?:command: |CMD )\[(?<words>"?[a-z]+"?, "?--config"?, [^\]]+)\]/g,
    ),
  ].map(({ groups }) => (groups?.['words'] ?? '').replaceAll('"', '').split(', ')),
);

describe('the commands of the container files', () => {
  it('are apply and worker', () => {
    expect(commands.map(([command]) => command).sort()).toEqual(['apply', 'worker', 'worker']);
  });

  it.each(commands)('%s is known, and takes %s', (command = '', option = '') => {
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'dist/src/cli/main.js'), command, '--help'], {
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stdout).toContain(`plumbline ${command}`);
    expect(stdout).toContain(option);
  });
});
