import { Composer, type CST, type Document, LineCounter, Parser } from 'yaml';
import type { ProblemList, SourceFile } from '../problem-list.js';
import { locatePath } from './locate-path.js';
import { type PlainOptions, toPlainValue } from './plain-value.js';

/** Levels of nesting a file may have. Real files have about eight; thousands exhaust the parser's stack. */
const MAX_DEPTH = 100;

/**
 * A file's text as data whose every value can be found again by line and column.
 *
 * Syntax errors, double keys, wild aliases and further documents are reported. A file with a syntax error still gives
 * the value the parser could make of it only when `usable`; half a file would raise misleading problems.
 */
export function readYaml(
  name: string,
  text: string,
  options: PlainOptions,
  problems: ProblemList,
): { readonly file: SourceFile; readonly usable: boolean } {
  const lineCounter = new LineCounter();
  const positionOf = (offset: number): { line: number; column: number } => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const at = (offset: number): SourceFile => ({ name, value: undefined, locate: () => positionOf(offset) });

  const tokens = [...new Parser(lineCounter.addNewLine).parse(text)];
  const tooDeep = offsetTooDeep(tokens);
  if (tooDeep !== undefined) {
    const message = `more than ${MAX_DEPTH} levels of nesting`;
    const file = at(tooDeep);
    problems.error('CONFIG_YAML_SYNTAX', { file, path: [] }, message, 'check for brackets that are never closed');
    return { file, usable: false };
  }

  const [document, further] = compose(tokens, text);
  const file: SourceFile = { name, value: undefined, locate: () => ({ line: 1, column: 1 }) };
  if (document === undefined) return { file, usable: true };

  for (const error of document.errors) {
    const isDouble = error.code === 'DUPLICATE_KEY';
    problems.error(
      isDouble ? 'CONFIG_DUPLICATE_KEY' : 'CONFIG_YAML_SYNTAX',
      { file: at(error.pos[0]), path: [] },
      isDouble ? `the key ${keyAt(text, error.pos[0])} is given twice` : `not valid YAML: ${error.message}`,
      isDouble
        ? 'keep one of the two; ids must differ'
        : 'mend the line; indent with spaces, quote texts that hold : or #',
    );
  }
  if (further !== undefined) {
    const place = { file: at(further.range[0]), path: [] };
    problems.error(
      'CONFIG_YAML_SYNTAX',
      place,
      'a second document after ---',
      'put each document in a file of its own',
    );
  }
  const { value, faults } = toPlainValue(document, options);
  for (const { code, offset, path, message, remedy } of faults) {
    problems.error(code, { file: at(offset), path }, message, remedy);
  }
  const located: SourceFile = { name, value, locate: (path, end) => positionOf(locatePath(document, path, end)) };
  const broken = document.errors.some((error) => error.code !== 'DUPLICATE_KEY');
  return { file: located, usable: !broken && further === undefined && faults.length === 0 };
}

function compose(tokens: readonly CST.Token[], text: string): Document.Parsed[] {
  // Excerpts in messages could hold a secret that somebody wrote into the file.
  const composer = new Composer({ prettyErrors: false, uniqueKeys: true });
  return [...composer.compose(tokens, true, text.length)].slice(0, 2);
}

function keyAt(text: string, offset: number): string {
  const key = /^[^\s:,{}]+/.exec(text.slice(offset, offset + 80));
  return `"${key?.[0] ?? ''}"`;
}

/** The offset of the first token nested too deep. Walks without recursion: that is the point. */
function offsetTooDeep(tokens: readonly CST.Token[]): number | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > MAX_DEPTH) return 'offset' in token ? token.offset : 0;
    if (token.type === 'document' && token.value) open.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const item of token.items) {
      if (item.key) open.push({ token: item.key, depth: depth + 1 });
      if (item.value) open.push({ token: item.value, depth: depth + 1 });
    }
  }
  return undefined;
}
