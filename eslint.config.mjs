// Rules that need types, and house rules about the domain. Not here: formatting, import order, `any` and `!` are
// Biome's (biome.json), unused code is knip's.
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Invariant 1: the domain never asks what time it is, nor rolls dice, nor looks around itself. */
const CLOCK_AND_CHANCE = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'The domain has no clock: take `now` as an argument.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'The domain has no clock: take `now` as an argument. `new Date(instant)` is free.',
  },
  { selector: "CallExpression[callee.name='Date']", message: 'The domain has no clock: take `now` as an argument.' },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'The domain has no chance: take what differs as an argument.',
  },
  {
    selector: "MemberExpression[property.name='Now'][object.name='Temporal']",
    message: 'The domain has no clock: take `now` as an argument.',
  },
  {
    selector: "MemberExpression[object.name='performance']",
    message: 'The domain has no clock: take `now` as an argument.',
  },
];

/** Invariant 6: a KPI value is a decimal text, a business date is a text; JavaScript's own parsers guess. */
const GUESSING_PARSERS = [
  {
    selector: "CallExpression[callee.name='Number']",
    message: "Number('') is 0 and Number('0x10') is 16: keep the text, or use the value room's grammar and decimal.js.",
  },
  {
    selector: 'CallExpression[callee.name=/^parse(Float|Int)$/]',
    message: "parseFloat('1.234,56') is 1.234: keep the text, or use the value room's grammar and decimal.js.",
  },
  {
    selector: "CallExpression[callee.object.name='Number'][callee.property.name=/^parse(Float|Int)$/]",
    message: "Number.parseFloat('1.234,56') is 1.234: keep the text, or use the value room's grammar and decimal.js.",
  },
  {
    selector: 'CallExpression > Identifier.arguments[name=/^(Number|parseFloat|parseInt)$/]',
    message: 'texts.map(Number) guesses too: keep the text, or use the value room’s grammar and decimal.js.',
  },
  {
    selector: "MemberExpression[object.name='globalThis'][property.name=/^(Number|parseFloat|parseInt|Date)$/]",
    message: 'These parsers guess under any name: keep the text, or use the value room’s grammar.',
  },
  {
    selector: "NewExpression[callee.name='Number']",
    message: "Number('') is 0 and Number('0x10') is 16: keep the text, or use the value room's grammar and decimal.js.",
  },
  {
    selector: "UnaryExpression[operator='+']",
    message: "+'' is 0 and +'0x10' is 16: keep the text, or use the value room's grammar and decimal.js.",
  },
  {
    selector: "BinaryExpression[operator='*'][right.value=1], BinaryExpression[operator='-'][right.value=0]",
    message: "'' * 1 and '' - 0 are 0: keep the text, or use the value room's grammar and decimal.js.",
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length>0]",
    message: "new Date('2025-02-30') is 2 March: dates are texts, and calendar maths is the period room's.",
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='parse']",
    message: 'Date.parse guesses: dates are read by a declared pattern.',
  },
];

/** The rooms of the domain that a value passes through; the connectors and activities before them know the same rule. */
const VALUES_WAY = ['value', 'measure', 'target', 'score', 'formula', 'window', 'derivation'].map(
  (room) => `src/domain/${room}/**/*.ts`,
);

const PROCESS = [{ name: 'process', message: 'The domain has no environment: take what is needed as an argument.' }];

/** @param {{ selector: string, message: string }[]} syntax */
const forbid = (syntax) => ({ 'no-restricted-syntax': ['error', ...syntax] });

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', '.plumbline/', 'schemas/'] },
  {
    files: ['src/**/*.ts', 'connectors/**/*.ts', 'demo/**/*.ts', 'bench/**/*.ts', 'test/**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'connectors/**/*.ts'],
    ignores: ['src/cli/**'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['src/domain/**/*.ts'],
    rules: { ...forbid(CLOCK_AND_CHANCE), 'no-restricted-globals': ['error', ...PROCESS] },
  },
  {
    files: ['connectors/**/*.ts', 'src/activities/**/*.ts'],
    rules: forbid(GUESSING_PARSERS),
  },
  {
    files: VALUES_WAY,
    rules: forbid([...CLOCK_AND_CHANCE, ...GUESSING_PARSERS]),
  },
  {
    files: ['src/workflows/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['node:*'],
              message: 'Workflow code is replayed in a sandbox without Node: do this in an activity.',
            },
          ],
        },
      ],
    },
  },
);
