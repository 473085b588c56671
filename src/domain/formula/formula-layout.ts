import type { FormulaToken } from './formula-tokens.js';
import type { FormulaProblem } from './types.js';

/** What an opening bracket does, or a minus. */
export type Role = 'call' | 'group' | 'sign';

const OPERAND = 'a number, a name, a function or a bracket';

/**
 * Checks that values and operators take turns and that brackets fit, and tells what each opening bracket and each
 * minus is.
 *
 * Goes on after a problem as if what is missing were there, so that all are told at once.
 *
 * @param end position where the text ends
 * @returns the role of tokens that could have several, by their index
 */
export function formulaLayout(
  tokens: readonly FormulaToken[],
  end: number,
): { readonly roles: ReadonlyMap<number, Role>; readonly problems: readonly FormulaProblem[] } {
  const roles = new Map<number, Role>();
  const problems: FormulaProblem[] = [];
  const open: { readonly token: FormulaToken; readonly isCall: boolean }[] = [];
  let wantsValue = true;
  const wrong = (token: FormulaToken | undefined, message: string, remedy: string): void => {
    problems.push({ position: token?.start ?? end, piece: token?.text ?? '', message, remedy });
  };
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    switch (token.kind) {
      case 'number':
      case 'name':
        if (!wantsValue) wrong(token, `there is no operator before "${token.text}"`, 'put one of + - * / ^ between');
        wantsValue = false;
        break;
      case 'open': {
        const isCall = before?.kind === 'name';
        if (!wantsValue && !isCall) wrong(token, 'there is no operator before "("', 'put one of + - * / ^ between');
        roles.set(index, isCall ? 'call' : 'group');
        open.push({ token, isCall });
        wantsValue = true;
        break;
      }
      case 'close':
        if (wantsValue) wrong(token, `${missingBehind(before)} before ")"`, `write ${OPERAND} there`);
        if (open.pop() === undefined) wrong(token, '")" closes no bracket', 'open one before it, or remove it');
        wantsValue = false;
        break;
      case 'comma':
        if (wantsValue) wrong(token, `${missingBehind(before)} before ","`, `write ${OPERAND} there`);
        else if (open.at(-1)?.isCall !== true) {
          const remedy = 'commas stand between the parts of a function; numbers have a decimal point and no separators';
          wrong(token, '"," stands outside a function', remedy);
        }
        wantsValue = true;
        break;
      case 'operator':
        if (wantsValue && token.text === '-') roles.set(index, 'sign');
        else if (wantsValue) wrong(token, `${missingBehind(before)} before "${token.text}"`, `write ${OPERAND} there`);
        wantsValue = true;
        break;
    }
  }
  if (tokens.length === 0) wrong(undefined, 'the formula is empty', 'write what is computed: revenue - costs');
  else if (wantsValue) wrong(undefined, `${missingBehind(tokens.at(-1))} at the end`, `write ${OPERAND} there`);
  for (const { token } of open) wrong(token, '"(" is not closed', 'close it with )');
  return { roles, problems: problems.toSorted((a, b) => a.position - b.position) };
}

function missingBehind(token: FormulaToken | undefined): string {
  return token === undefined ? 'nothing stands' : `nothing stands behind "${token.text}",`;
}
