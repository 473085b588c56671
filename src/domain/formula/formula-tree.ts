import jsep from 'jsep';
import type { Role } from './formula-layout.js';
import type { FormulaToken } from './formula-tokens.js';

/** How the words of a formula belong together; `token` is an index. Names, numbers and calls know their place. */
export type Tree =
  | { readonly kind: 'leaf'; readonly token: number }
  | { readonly kind: 'call'; readonly token: number; readonly parts: readonly Tree[] }
  | { readonly kind: 'group'; readonly of: Tree }
  | { readonly kind: 'sign'; readonly of: Tree }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Tree; readonly right: Tree };

const LEAF = 't';
const GROUP = 'g';

// The settings of jsep are global to the process, and this is the one module that imports it: nobody else sees them.
jsep.removeAllBinaryOps();
jsep.removeAllUnaryOps();
jsep.removeAllLiterals();
jsep.addUnaryOp('-');
for (const operator of ['=', '!=', '<', '<=', '>', '>=']) jsep.addBinaryOp(operator, 1);
for (const operator of ['+', '-']) jsep.addBinaryOp(operator, 2);
for (const operator of ['*', '/']) jsep.addBinaryOp(operator, 3);
jsep.addBinaryOp('^', 4, true);

/**
 * Puts the words of a formula together, by the rank of their operators: `^` (from the right), sign, `* /`, `+ -`,
 * comparisons.
 *
 * jsep is given a place holder for each number, name and group, so that no digits pass through a float, every leaf
 * still knows its token, and nothing that somebody wrote means more to jsep than brackets and operators.
 *
 * @param tokens that {@link formulaLayout} has found in order
 */
export function formulaTree(tokens: readonly FormulaToken[], roles: ReadonlyMap<number, Role>): Tree {
  const indexOf = new Map<string, number>();
  const text = tokens.map(({ kind, text: written }, index) => {
    if (kind === 'number' || kind === 'name') {
      indexOf.set(`${LEAF}${index}`, index);
      return `${LEAF}${index}`;
    }
    return roles.get(index) === 'group' ? `${GROUP}${index}(` : written;
  });
  return treeOf(jsep(text.join(' ')), indexOf);
}

function treeOf(expression: jsep.Expression, indexOf: ReadonlyMap<string, number>): Tree {
  const node = expression as jsep.CoreExpression;
  switch (node.type) {
    case 'Identifier':
      return { kind: 'leaf', token: indexOf.get(node.name) ?? 0 };
    case 'UnaryExpression':
      return { kind: 'sign', of: treeOf(node.argument, indexOf) };
    case 'BinaryExpression':
      return binary(node.operator, treeOf(node.left, indexOf), treeOf(node.right, indexOf));
    case 'CallExpression': {
      const callee = String(node.callee['name']);
      const parts = node.arguments.map((part) => treeOf(part, indexOf));
      const [only] = parts;
      if (callee.startsWith(GROUP) && only !== undefined) return { kind: 'group', of: only };
      return { kind: 'call', token: indexOf.get(callee) ?? 0, parts };
    }
    default:
      throw new Error(`a formula was read as a ${node.type}`);
  }
}

/** jsep binds a sign tighter than a power; people expect `-2^2` to be -4. */
function binary(operator: string, left: Tree, right: Tree): Tree {
  if (operator === '^' && left.kind === 'sign') return { kind: 'sign', of: binary(operator, left.of, right) };
  return { kind: 'binary', operator, left, right };
}
