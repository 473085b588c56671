import { globMatcher } from './glob.js';

/** What is wrong with a pattern of file names, in words; `undefined` when nothing is. */
export function problemOfPattern(pattern: string): string | undefined {
  if (pattern.includes('\\')) return 'has a backslash: folders are separated by "/"';
  if (pattern.startsWith('/') || /^[a-z]:/i.test(pattern)) return 'must lie inside the folder of the connection';
  const segments = pattern.split('/');
  if (segments.some((segment) => segment === '..')) return 'has "..", which would lead out of the folder';
  if (segments.some((segment) => segment === '' || segment === '.')) return 'has an empty or "." step in its path';
  if (segments.some((segment) => segment.includes('**') && segment !== '**')) {
    return '"**" must stand alone between two "/"';
  }
  if (segments.at(-1) === '**') return 'must end with a file name: "**/*.csv"';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  return /[\u0000-\u001f\u007f]/.test(pattern) ? 'has a control character' : undefined;
}

/** Whether a pattern can mean more than one file. */
export function isGlob(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** One step of a path pattern. */
export type PatternStep =
  | { readonly kind: 'any_folders' }
  | { readonly kind: 'exact'; readonly name: string }
  | { readonly kind: 'glob'; matches(name: string): boolean };

/** A path pattern by its steps, the last of which is a file's name. */
export function patternSteps(pattern: string): readonly PatternStep[] {
  return pattern.split('/').map((segment): PatternStep => {
    if (segment === '**') return { kind: 'any_folders' };
    return isGlob(segment) ? { kind: 'glob', matches: globMatcher(segment) } : { kind: 'exact', name: segment };
  });
}
