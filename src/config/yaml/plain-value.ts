import type { Alias, Document, Node, Pair, Scalar } from 'yaml';
import { isAlias, isMap, isNode, isScalar } from 'yaml';
import type { Path } from '../problem-list.js';

/** Nodes that aliases may add in all: enough for shared blocks, too few for an alias bomb. */
const ALIAS_BUDGET = 10_000;

/** Something in a document that has no plain form. `offset` counts characters from the start of the text. */
export interface PlainFault {
  readonly code: 'CONFIG_YAML_ALIASES' | 'CONFIG_YAML_KEY' | 'CONFIG_YAML_SYNTAX';
  readonly path: Path;
  readonly offset: number;
  readonly message: string;
  readonly remedy: string;
}

/** Subtrees handed to somebody else's schema, where a number is a number: the given key of each entry of a section. */
export interface PlainOptions {
  readonly foreignKey?: string;
}

/**
 * A YAML document as plain objects, lists, texts, booleans and nulls.
 *
 * A number becomes the **text that was written** (`0.1`, `12345678901234567890.12`): a target must not pass through
 * a binary float on its way to exact decimals. Schemas of this room read integers and decimals from that text. Below
 * {@link PlainOptions.foreignKey} numbers stay numbers, unless they are integers too large to be exact.
 */
export function toPlainValue(
  document: Document.Parsed,
  options: PlainOptions = {},
): { readonly value: unknown; readonly faults: readonly PlainFault[] } {
  const faults: PlainFault[] = [];
  let aliasedNodes = 0;
  let aliasesExhausted = false;
  // Kept in the order of the walk, since an anchor's name may be used again further down.
  const anchors = new Map<string, Node>();
  const open = new Set<Node>();

  const keyText = (pair: Pair): string | undefined => {
    const key = isAlias(pair.key) ? anchors.get(pair.key.source) : pair.key;
    if (!isScalar(key)) return undefined;
    return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
  };

  const fault = (code: PlainFault['code'], path: Path, node: unknown, message: string, remedy: string): void => {
    faults.push({ code, path, offset: offsetOf(node), message, remedy });
  };

  const walkMap = (pairs: readonly Pair[], path: Path, foreign: boolean, aliased: boolean): object => {
    const entries: [string, unknown][] = [];
    for (const pair of pairs) {
      const key = keyText(pair);
      if (key === undefined || key === '__proto__') {
        const shown = key === undefined ? 'a list or a map' : `"${key}"`;
        fault('CONFIG_YAML_KEY', path, pair.key, `${shown} cannot be a key`, 'use a plain word as key');
        continue;
      }
      const isForeign = foreign || (path.length === 2 && key === options.foreignKey);
      entries.push([key, walk(pair.value, [...path, key], isForeign, aliased)]);
    }
    return Object.fromEntries(entries);
  };

  const walkAlias = (alias: Alias, path: Path, foreign: boolean): unknown => {
    const target = anchors.get(alias.source);
    if (target !== undefined && !open.has(target)) return walk(target, path, foreign, true);
    const message = target ? `*${alias.source} stands inside what it stands for` : `there is no &${alias.source} above`;
    fault('CONFIG_YAML_ALIASES', path, alias, message, 'put the anchor on a value above, and outside, of the alias');
    return null;
  };

  const walk = (node: unknown, path: Path, foreign: boolean, aliased: boolean): unknown => {
    if (aliased) aliasedNodes += 1;
    if (aliasesExhausted || !isNode(node)) return null;
    if (aliasedNodes > ALIAS_BUDGET) {
      aliasesExhausted = true;
      const remedy = 'write the shared parts out, or share less with & and *';
      fault('CONFIG_YAML_ALIASES', path, node, `aliases stand for more than ${ALIAS_BUDGET} values`, remedy);
      return null;
    }
    if (isAlias(node)) return walkAlias(node, path, foreign);
    if (node.anchor !== undefined && !aliased) anchors.set(node.anchor, node);
    if (isScalar(node)) return plainScalar(node, foreign);
    open.add(node);
    const value = isMap(node)
      ? walkMap(node.items, path, foreign, aliased)
      : node.items.map((item, index) => walk(item, [...path, index], foreign, aliased));
    open.delete(node);
    return value;
  };

  return { value: walk(document.contents, [], false, false), faults };
}

function plainScalar(node: Scalar, foreign: boolean): unknown {
  if (typeof node.value !== 'number') return node.value;
  const exact = Number.isSafeInteger(node.value) || !Number.isInteger(node.value);
  return foreign && exact ? node.value : (node.source ?? String(node.value));
}

/** Where a node starts in the text. */
export function offsetOf(node: unknown): number {
  return (node as Node | undefined | null)?.range?.[0] ?? 0;
}
