import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findTemporalCli, TEMPORAL_CLI_VERSION } from '#src/temporal/find-cli.js';
import * as setup from '../../scripts/setup/temporal-cli.mjs';

describe('findTemporalCli()', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-cli-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const program = (path: string): string => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '#!/bin/sh\n');
    chmodSync(file, 0o755);
    return file;
  };

  it('looks for the version that the set-up installs, where it installs it', () => {
    expect(TEMPORAL_CLI_VERSION).toBe(setup.TEMPORAL_CLI_VERSION);
    const env = { XDG_CACHE_HOME: join(folder, 'cache'), PATH: '' };
    const cached = program(setup.cachedTemporalPath({ XDG_CACHE_HOME: 'cache' }));
    expect(findTemporalCli(env)).toBe(cached);
  });

  it('takes TEMPORAL_CLI before the PATH, and the PATH before the cache', () => {
    const named = program('named/temporal');
    const onPath = program('bin/temporal');
    program(setup.cachedTemporalPath({ XDG_CACHE_HOME: 'cache' }));
    const env = { XDG_CACHE_HOME: join(folder, 'cache'), PATH: join(folder, 'bin') };
    expect(findTemporalCli({ ...env, TEMPORAL_CLI: named })).toBe(named);
    expect(findTemporalCli(env)).toBe(onPath);
  });

  it('does not step over a TEMPORAL_CLI that is not there', () => {
    const env = { PATH: dirname(program('bin/temporal')), TEMPORAL_CLI: join(folder, 'nothing') };
    expect(() => findTemporalCli(env)).toThrow(/no Temporal CLI at TEMPORAL_CLI=/);
  });
});
