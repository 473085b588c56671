import { z } from 'zod';

type Path = readonly string[];

/** A text of some options, and where it stands. */
export interface OptionText {
  readonly path: Path;
  readonly text: string;
}

export function textsOfOptions(options: unknown, path: Path = []): readonly OptionText[] {
  if (typeof options === 'string') return [{ path, text: options }];
  if (typeof options !== 'object' || options === null) return [];
  return Object.entries(options).flatMap(([name, value]) => textsOfOptions(value, [...path, name]));
}

const NodeSchema = z.looseObject({
  secret: z.boolean().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  $ref: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).default({}),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  prefixItems: z.array(z.unknown()).default([]),
  anyOf: z.array(z.unknown()).default([]),
  oneOf: z.array(z.unknown()).default([]),
  allOf: z.array(z.unknown()).default([]),
});

/**
 * Whether the options' schema says of what stands at `path` that it is a secret. Of a union, each choice that knows the
 * path and takes a text there has to say so.
 */
export function secretMarksOf(schema: z.ZodType): (path: Path) => boolean {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const definitions = z.record(z.string(), z.unknown()).parse(root.$defs ?? {});

  /** What each choice says that ends at the path; empty where none does. */
  function marks(schemaPart: unknown, path: Path): readonly boolean[] {
    const parsed = NodeSchema.safeParse(schemaPart);
    if (!parsed.success) return [];
    const node = parsed.data;
    if (node.secret === true) return [true];
    const [step, ...rest] = path;
    const below = step === undefined ? ownMark(node) : childrenOf(node, step).flatMap((child) => marks(child, rest));
    const chosen = [...node.anyOf, ...node.oneOf].flatMap((choice) => marks(choice, path));
    const referred =
      node.$ref === undefined
        ? []
        : marks(node.$ref === '#' ? root : definitions[node.$ref.split('/').at(-1) ?? ''], path);
    const parts = node.allOf.map((part) => marks(part, path));
    const isMarkedByPart = parts.some((part) => part.length > 0 && part.every(Boolean));
    return [...below, ...chosen, ...referred, ...(isMarkedByPart ? [true] : parts.flat())];
  }

  return (path) => {
    const found = marks(root, path);
    return found.length > 0 && found.every(Boolean);
  };
}

/** A part that stands for others, or takes no text, says nothing of its own. */
function ownMark({ type, $ref, anyOf, oneOf, allOf }: z.infer<typeof NodeSchema>): readonly boolean[] {
  if ($ref !== undefined || anyOf.length + oneOf.length + allOf.length > 0) return [];
  return type === undefined || [type].flat().includes('string') ? [false] : [];
}

function childrenOf(node: z.infer<typeof NodeSchema>, step: string): readonly unknown[] {
  if (Object.hasOwn(node.properties, step)) return [node.properties[step]];
  if (/^\d+$/.test(step) && (node.items !== undefined || node.prefixItems.length > 0)) {
    return [node.prefixItems.find((_, index) => String(index) === step) ?? node.items];
  }
  return [node.additionalProperties];
}
