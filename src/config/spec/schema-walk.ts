import type { z } from 'zod';
import type { Path } from '../problem-list.js';

/** What schemas say about themselves beyond their type. */
export interface SchemaMeta {
  readonly description?: string;
  /** What a problem advises. */
  readonly remedy?: string;
  /** The value is a credential: only references, never shown. */
  readonly secret?: boolean;
}

type Definition = z.core.$ZodTypeDef & {
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly out?: z.core.$ZodType;
  readonly getter?: () => z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly keyType?: z.core.$ZodType;
  /** Of an enumeration. */
  readonly entries?: Readonly<Record<string, string | number>>;
  readonly valueType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly items?: readonly z.core.$ZodType[];
  readonly left?: z.core.$ZodType;
  readonly right?: z.core.$ZodType;
};

/**
 * A schema without its wrappers (optional, default, pipe …): the plain ones it may stand for, members of a union each
 * for itself. What the wrappers say of themselves comes as `metas`, outermost first.
 */
function unwrap(schema: z.core.$ZodType): {
  readonly metas: readonly SchemaMeta[];
  readonly cores: readonly z.core.$ZodType[];
} {
  const own = metaOf(schema);
  const definition = definitionOf(schema);
  const inner = [
    definition.innerType,
    // The side of a pipe that meets the file; of `preprocess` that is a bare transform, and the other side tells more.
    definition.in && definitionOf(definition.in).type === 'transform' ? definition.out : definition.in,
    definition.type === 'lazy' ? definition.getter?.() : undefined,
    ...(definition.options ?? []),
    definition.left,
    definition.right,
  ].filter((candidate) => candidate !== undefined);
  if (inner.length === 0) return { metas: own, cores: [schema] };
  const unwrapped = inner.map(unwrap);
  return {
    metas: inner.length === 1 ? [...own, ...unwrapped.flatMap(({ metas }) => metas)] : own,
    cores: unwrapped.flatMap(({ cores }) => cores),
  };
}

/** The schemas a value below `schema` may have to meet: several where there is a union. */
function schemasAt(schema: z.core.$ZodType, path: Path): readonly z.core.$ZodType[] {
  let current: readonly z.core.$ZodType[] = [schema];
  for (const step of path) {
    current = current
      .flatMap((candidate) => unwrap(candidate).cores)
      .flatMap((core) => {
        const { shape, valueType, element, items } = definitionOf(core);
        const member = typeof step === 'string' && shape && Object.hasOwn(shape, step) ? shape[step] : undefined;
        return member ?? valueType ?? (typeof step === 'number' ? items?.[step] : undefined) ?? element ?? [];
      });
  }
  return current;
}

/** What the schema at a path says about itself; of each word the outermost. */
export function metaAt(schema: z.core.$ZodType, path: Path): SchemaMeta {
  const metas = schemasAt(schema, path).flatMap((found) => unwrap(found).metas);
  return Object.assign({}, ...metas.toReversed());
}

/** What the schema of the keys of the map at a path says about itself. */
export function keyMetaAt(schema: z.core.$ZodType, path: Path): SchemaMeta {
  const cores = schemasAt(schema, path).flatMap((found) => unwrap(found).cores);
  const keyTypes = cores.flatMap((core) => definitionOf(core).keyType ?? []);
  return keyTypes.map((keyType) => metaAt(keyType, []))[0] ?? {};
}

/** The keys a map at a path may have; empty where any key goes. */
export function keysAt(schema: z.core.$ZodType, path: Path): readonly string[] {
  const cores = schemasAt(schema, path).flatMap((found) => unwrap(found).cores);
  const keysOf = ({ shape = {}, keyType }: Definition): readonly string[] => [
    ...Object.keys(shape),
    ...Object.values((keyType === undefined ? undefined : definitionOf(keyType).entries) ?? {}).map(String),
  ];
  return [...new Set(cores.flatMap((core) => keysOf(definitionOf(core))))];
}

/** Paths of the values that `schema` marks as secret, as far as `value` has them. */
export function secretPaths(schema: z.core.$ZodType, value: unknown, path: Path = []): readonly Path[] {
  if (isSecret(schema)) return value === undefined || value === null ? [] : [path];
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.flatMap((item, index) => childPaths(schema, item, index, path));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => childPaths(schema, child, key, path));
}

function childPaths(schema: z.core.$ZodType, value: unknown, step: string | number, path: Path): readonly Path[] {
  const found = schemasAt(schema, [step]).flatMap((child) => secretPaths(child, value, [...path, step]));
  return found.filter((one, index) => found.findIndex((other) => other.join('.') === one.join('.')) === index);
}

function isSecret(schema: z.core.$ZodType): boolean {
  const { metas, cores } = unwrap(schema);
  return [...metas, ...cores.flatMap(metaOf)].some((meta) => meta.secret === true);
}

function metaOf(schema: z.core.$ZodType): readonly SchemaMeta[] {
  const meta =
    'meta' in schema && typeof schema.meta === 'function' ? (schema.meta() as SchemaMeta | undefined) : undefined;
  return meta === undefined ? [] : [meta];
}

function definitionOf(schema: z.core.$ZodType): Definition {
  return schema._zod.def;
}
