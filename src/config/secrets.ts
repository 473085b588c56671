import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

const REFERENCE = /\$\{(?:env:(?<env>[A-Za-z_][A-Za-z0-9_]*)|file:(?<file>[^${}\r\n]+))\}/g;

/** Whether a text holds a well-formed `${env:NAME}` or `${file:PATH}`. */
export function holdsReference(text: string): boolean {
  return text.search(REFERENCE) >= 0;
}

/** Whether a text holds `${` that begins no well-formed reference. */
export function holdsBrokenReference(text: string): boolean {
  return text.replace(REFERENCE, '').includes('${');
}

/**
 * A value with every `${env:NAME}` and `${file:PATH}` in its texts replaced by what it stands for, at any depth.
 *
 * Of a file one line break at the end is left out; relative paths start at `baseDirectory`. Replaced text is not
 * looked at again, so a secret may hold `${`. Nothing else is changed, and the value itself is not touched.
 *
 * @throws PlumblineError `CONFIG_SECRET_MISSING` for a variable or file that is not there; it names it and no value
 */
export async function resolveSecrets(
  value: unknown,
  env: Readonly<Record<string, string | undefined>>,
  baseDirectory: string,
): Promise<unknown> {
  if (typeof value === 'string') return resolveText(value, env, baseDirectory);
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return Promise.all(items.map((item) => resolveSecrets(item, env, baseDirectory)));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    async ([key, item]: [string, unknown]) => [key, await resolveSecrets(item, env, baseDirectory)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function resolveText(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
  baseDirectory: string,
): Promise<string> {
  let resolved = '';
  let position = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const { env: name, file } = match.groups ?? {};
    resolved += text.slice(position, match.index);
    resolved += name === undefined ? await secretInFile(file ?? '', baseDirectory) : secretInEnv(name, env);
    position = match.index + match[0].length;
  }
  return resolved + text.slice(position);
}

function secretInEnv(name: string, env: Readonly<Record<string, string | undefined>>): string {
  const secret = Object.hasOwn(env, name) ? env[name] : undefined;
  if (secret !== undefined) return secret;
  const message = `cannot resolve \${env:${name}}: the environment variable "${name}" is not set`;
  throw new PlumblineError('config', 'CONFIG_SECRET_MISSING', message, {
    remedy: `set ${name} where Plumbline runs`,
    details: { variable: name },
  });
}

async function secretInFile(path: string, baseDirectory: string): Promise<string> {
  try {
    const content = await readFile(resolve(baseDirectory, path), 'utf8');
    return content.replace(/\r?\n$/, '');
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    const message = `cannot resolve \${file:${path}}: the file cannot be read${reason}`;
    throw new PlumblineError('config', 'CONFIG_SECRET_MISSING', message, {
      remedy: 'create the file, or let the user that runs Plumbline read it; relative paths start at the config folder',
      details: { file: path },
      cause,
    });
  }
}
