import js from '@eslint/js';
import { fixupPluginRules } from '@eslint/compat';
import sfPlugin from 'eslint-plugin-sf-plugin';
import { globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Modules that reach outside the process, and the only folders that may import them. */
const outside = [
  {
    name: 'node:fs',
    message: 'Only extract/project, extract/git, extract/apex/cache, report writers and scripts touch the file system.',
  },
  { name: 'node:child_process', message: 'Only extract/git, testkit and scripts start processes.' },
  { name: 'node:http', message: 'Only adapters and testkit open sockets.' },
];

export default tseslint.config(
  globalIgnores([
    '**/lib/**',
    '**/node_modules/**',
    '**/fixtures/**',
    '.cache/**',
    'sf-plugin/grammar/dist/**',
    'examples/**',
  ]),
  js.configs.recommended,
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        performance: 'readonly',
      },
    },
  },
  {
    // Components have decorators; their tests run with the globals of jest and of a browser.
    files: ['force-app/**/*.js', 'test/lwc/**/*.js'],
    languageOptions: {
      parser: tseslint.parser,
      globals: {
        CustomEvent: 'readonly',
        Node: 'readonly',
        atob: 'readonly',
        btoa: 'readonly',
        document: 'readonly',
        location: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        afterEach: 'readonly',
        beforeEach: 'readonly',
        describe: 'readonly',
        expect: 'readonly',
        it: 'readonly',
        jest: 'readonly',
      },
    },
    rules: { eqeqeq: 'error' },
  },
  {
    // What the bridge console mounts as well.
    files: ['force-app/**/lwc/**/*.js'],
    ignores: ['App', 'Record', 'Labels'].map((name) => `force-app/**/lwc/handoff${name}/**`),
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@salesforce/*', 'lightning/*', 'c/handoffLabels'],
              message: 'Only handoffApp and handoffRecord know the platform; labels come through a property.',
            },
          ],
        },
      ],
      'no-restricted-globals': ['error', 'fetch', 'setTimeout', 'setInterval', 'localStorage', 'navigator', 'window'],
      'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: 'Hand the time in.' }],
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // A record from a Map or an array is checked by noUncheckedIndexedAccess instead.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true, boolean: true } }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['protocol/src/**/*.ts', 'sf-plugin/src/**/*.ts', 'bridge-service/src/**/*.ts'],
    ignores: [
      'sf-plugin/src/extract/project/**',
      'sf-plugin/src/extract/git/**',
      'sf-plugin/src/extract/apex/**',
      'sf-plugin/src/actions/**',
      'sf-plugin/src/commands/**',
      'sf-plugin/src/ci/**',
      'bridge-service/src/adapters/**',
      'bridge-service/src/wiring/**',
      'bridge-service/src/cli/**',
      'bridge-service/src/main.ts',
    ],
    rules: {
      'no-restricted-imports': ['error', { paths: outside }],
      'no-restricted-globals': ['error', 'fetch', 'setTimeout', 'setInterval'],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'The environment is read in commands and main only.' },
        { object: 'Math', property: 'random', message: 'Pass randomness in.' },
        { object: 'Date', property: 'now', message: 'Pass the clock in.' },
      ],
    },
  },
  {
    files: ['sf-plugin/src/commands/**/*.ts'],
    plugins: { 'sf-plugin': fixupPluginRules(sfPlugin) },
    rules: {
      'sf-plugin/command-summary': 'error',
      'sf-plugin/command-example': 'error',
      'sf-plugin/flag-summary': 'error',
      'sf-plugin/no-hardcoded-messages-commands': 'error',
      'sf-plugin/flag-case': 'error',
      'sf-plugin/only-extend-SfCommand': 'error',
    },
  },
);
