import { format, inspect } from 'node:util';

/** Runs `work`, and answers all that was written to the process's outputs and the console meanwhile. */
export async function overhear(work: () => Promise<void>): Promise<readonly string[]> {
  const written: string[] = [];
  const logged: string[] = [];
  const methods = Object.keys(console).filter((name) => typeof Reflect.get(console, name) === 'function');
  const undo = [
    ...[process.stdout, process.stderr].map((stream) =>
      tap(stream, 'write', ([chunk]) => written.push(chunk instanceof Uint8Array ? textOf(chunk) : String(chunk))),
    ),
    ...methods.map((name) =>
      tap(console, name, (args) => logged.push(format(...args), inspect(args, { depth: 10 }), ...textsIn(args))),
    ),
  ];
  try {
    await work();
  } finally {
    for (const restore of undo.reverse()) restore();
  }
  // In one piece, for a text may be written in two.
  return [written.join(''), ...logged];
}

function tap(target: object, name: string, hear: (args: readonly unknown[]) => void): () => void {
  const original: unknown = Reflect.get(target, name);
  if (typeof original !== 'function') return () => {};
  const isOwn = Object.hasOwn(target, name);
  Reflect.set(target, name, (...args: readonly unknown[]): unknown => {
    hear(args);
    return Reflect.apply(original, target, args);
  });
  return () => void (isOwn ? Reflect.set(target, name, original) : Reflect.deleteProperty(target, name));
}

const DEEPEST = 12;

/** Every text of a value, names of fields included, and of errors all that a logger might print. */
export function textsIn(value: unknown, seen = new Set<object>(), depth = 0): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || seen.has(value) || depth > DEEPEST) return [];
  seen.add(value);
  const inside = (child: unknown): readonly string[] => textsIn(child, seen, depth + 1);
  if (value instanceof Uint8Array) return [textOf(value)];
  if (Array.isArray(value) || value instanceof Map || value instanceof Set) return [...value].flatMap(inside);
  const names = value instanceof Error ? Object.getOwnPropertyNames(value) : Object.keys(value);
  return [...names, ...names.flatMap((name) => inside(Reflect.get(value, name)))];
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** The ways in which a secret is told: as it is, as JSON, in an address, and in the letters of a header. */
export function formsOf(secret: string): readonly string[] {
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
  ];
}
