import ts from 'typescript';

export interface TestCall {
  /** The `describe` names around it and its own, joined by ' > '. */
  readonly name: string;
  readonly line: number;
  /** `only`, `skip`, `todo`, `fails`, `each`, … as written between `it` and its arguments. */
  readonly modifiers: readonly string[];
}

const TESTS = new Set(['it', 'test']);
const BLOCKS = new Set(['describe', ...TESTS]);

/** `it.only.each(rows)(…)` → root `it`, modifiers `only`, `each`. */
function unfold(callee: ts.Expression): { root: string; modifiers: readonly string[] } | undefined {
  if (ts.isIdentifier(callee)) return { root: callee.text, modifiers: [] };
  if (ts.isCallExpression(callee)) return unfold(callee.expression);
  if (ts.isTaggedTemplateExpression(callee)) return unfold(callee.tag);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const inner = unfold(callee.expression);
  return inner && { root: inner.root, modifiers: [...inner.modifiers, callee.name.text] };
}

/** Tests and blocks of a test file, as the syntax tree has them: whatever would run, `each` counted once. */
export function testCalls(fileName: string, text: string): readonly TestCall[] {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const found: TestCall[] = [];
  const visit = (node: ts.Node, around: readonly string[]): void => {
    let names = around;
    if (ts.isCallExpression(node)) {
      const callee = unfold(node.expression);
      const [title] = node.arguments;
      if (callee && BLOCKS.has(callee.root) && title && ts.isStringLiteralLike(title)) {
        names = [...around, title.text];
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        found.push({ name: names.join(' > '), line, modifiers: callee.modifiers });
      }
    }
    node.forEachChild((child) => visit(child, names));
  };
  visit(source, []);
  return found;
}
