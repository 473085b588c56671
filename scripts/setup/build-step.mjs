import { withLock } from './lock.mjs';
import { root } from './root.mjs';
import { runLogged } from './run-logged.mjs';
import { builtDigest, sourceDigest } from './source-digest.mjs';

/** The step that compiles when the source changed since. */
export async function buildWhenStale() {
  if (builtDigest() === sourceDigest()) return { detail: 'up to date', value: undefined };
  return withLock(`${root}/.plumbline/setup/build.lock`, async () => {
    if (builtDigest() === sourceDigest()) return { detail: 'built by the other set-up', value: undefined };
    await runLogged(process.execPath, [`${root}/scripts/build.mjs`], {
      log: 'build',
      announce: 'compiling TypeScript and bundling the workflows: about 20 s',
      remedy: 'The source does not compile: `npm run build` shows all of it.',
    });
    return { detail: 'built', value: undefined };
  });
}
