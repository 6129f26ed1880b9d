/** The checks beside the tests; each counts as one in the tally of `npm test`. */
export const checks = [
  ['format', 'node_modules/prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']],
  ['lint', 'node_modules/eslint/bin/eslint.js', ['--max-warnings=0', '.']],
  [
    'import rules',
    'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
    [
      '--config',
      '.dependency-cruiser.mjs',
      'protocol/src',
      'sf-plugin/src',
      'sf-plugin/page',
      'bridge-service/src',
      'testkit/src',
    ],
  ],
  ['dead code', 'node_modules/knip/bin/knip.js', ['--no-progress']],
  ['package protocol', 'node_modules/publint/src/cli.js', ['--strict', 'protocol']],
  ['package sf-plugin', 'node_modules/publint/src/cli.js', ['--strict', 'sf-plugin']],
];
