// Style that a machine can hold, and the borders between the layers of the code (see ARCHITECTURE.md).
import tseslint from 'typescript-eslint';

/** Forbids imports by pattern, with the reason that people see. */
const border = (files, patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: patterns.map(([regex, message]) => ({ regex, message })) }] },
});

const outside = [
  ['^vscode$', 'Only src/extension knows VS Code.'],
  ['^node:', 'The core runs anywhere: text in, plain data out.'],
  ['/(extension|webview|cli)/', 'The core knows none of its users.'],
];
const later = (...folders) => [`/(${folders.join('|')})/`, 'An earlier layer of the core must not know a later one (see ARCHITECTURE.md).'];

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/', '**/*.generated.*', 'examples/', 'test/fixtures/', 'shots/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      'no-console': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  border(['src/blocks/**'], outside),
  border(['src/blocks/text/**'], [...outside, later('syntax', 'shapes', 'problems', 'layers', 'evaluate', 'graph', 'features', 'protocol')]),
  border(['src/blocks/syntax/**'], [...outside, later('shapes', 'layers', 'evaluate', 'graph', 'features', 'protocol')]),
  border(['src/blocks/shapes/**'], [...outside, later('syntax', 'layers', 'evaluate', 'graph', 'features', 'protocol')]),
  border(['src/blocks/layers/**'], [...outside, later('syntax', 'evaluate', 'graph', 'counting', 'features', 'protocol')]),
  border(['src/blocks/graph/**'], [...outside, later('counting', 'syntax', 'evaluate', 'features', 'protocol')]),
  border(['src/blocks/counting/**'], [...outside, later('syntax', 'evaluate', 'analyze', 'features', 'protocol')]),
  border(['src/blocks/vocabulary/**', 'src/blocks/library/**'], [...outside, later('syntax', 'evaluate', 'analyze', 'features', 'protocol')]),
  border(['src/blocks/claims/**'], [...outside, later('syntax', 'evaluate', 'analyze')]),
  border(['src/blocks/block-files/**'], [...outside, later('evaluate', 'analyze', 'features', 'protocol')]),
  border(['src/blocks/model-files/**'], [...outside, later('syntax', 'evaluate', 'analyze', 'features', 'protocol')]),
  border(['src/blocks/evaluate/**'], [...outside, later('features', 'protocol')]),
  border(['src/extension/**', 'src/cli/**'], [
    ['^@tensorflow/', 'TensorFlow.js runs in the webview only.'],
    ['/webview/', 'The extension and the webview meet in src/blocks/protocol only.'],
  ]),
  border(['webview/**'], [
    ['^(vscode$|node:)', 'The webview is a page: messages are its only way out.'],
    ['^@tensorflow/tfjs$', 'It brings two backends and what reads data with it: import webview/run/tensorflow.ts.'],
    ['/extension/', 'The extension and the webview meet in src/blocks/protocol only.'],
    ['/(syntax|evaluate)/', 'The webview never parses: it is given the block graph.'],
  ]),
);
