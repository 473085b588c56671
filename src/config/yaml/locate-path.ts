import { type Document, isAlias, isMap, isScalar, isSeq, type Pair } from 'yaml';
import type { Path } from '../problem-list.js';
import { offsetOf } from './plain-value.js';

/**
 * The character offset of the value at a path, of its key, or of the nearest parent that exists.
 *
 * Follows aliases to where the value is written. For a map, points at its first key, which is where the block starts.
 */
export function locatePath(document: Document.Parsed, path: Path, at: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = offsetOf(node);
  for (const [depth, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => isKey(document, item, String(step)));
      if (pair === undefined) return offset;
      if (at === 'key' && depth === path.length - 1) return offsetOf(pair.key);
      node = pair.value;
      offset = node === null ? offsetOf(pair.key) : offsetOf(node);
    } else if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
      node = node.items[step];
      offset = offsetOf(node);
    } else {
      return offset;
    }
  }
  return offset;
}

function isKey(document: Document.Parsed, pair: Pair, step: string): boolean {
  const key = isAlias(pair.key) ? pair.key.resolve(document) : pair.key;
  return isScalar(key) && (String(key.value) === step || key.source === step);
}
