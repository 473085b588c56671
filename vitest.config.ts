import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// Source is tested as TypeScript; only tests that start processes use the build in dist/.
const alias = [
  { find: /^#src\/(.*)$/, replacement: `${here('./src/')}$1` },
  { find: /^#connectors\/(.*)$/, replacement: `${here('./connectors/')}$1` },
];

const servers = ['test/**/*.int.test.ts', 'test/**/*.e2e.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...servers, 'test/data/**'],
          // All cores: what is usual leaves one of two idle.
          maxWorkers: '100%',
          env: { TZ: 'Australia/Lord_Howe' },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'servers',
          include: servers,
          globalSetup: ['test/support/servers.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
          // After the others, which are done with the machine by then.
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'data',
          include: ['test/data/**/*.test.ts'],
          globalSetup: ['test/support/servers.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
