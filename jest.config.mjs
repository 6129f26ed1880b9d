/** One suite over all packages: ESM, types stripped by swc (checked by `tsc -b`), sources not builds. */
export default {
  testEnvironment: 'node',
  // Many tests wait for a process of their own, so no core need be kept free.
  maxWorkers: '100%',
  // A test that hangs fails; a slow machine does not.
  testTimeout: 30_000,
  roots: [
    '<rootDir>/protocol',
    '<rootDir>/sf-plugin',
    '<rootDir>/bridge-service',
    '<rootDir>/testkit',
    '<rootDir>/test',
  ],
  testMatch: ['**/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/lib/', '/fixtures/'],
  modulePathIgnorePatterns: ['/lib/', '/fixtures/'],
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironmentOptions: { customExportConditions: ['source', 'node'] },
  // It publishes its sources under the condition `source` too, where nobody strips its types.
  moduleNameMapper: { '^eventsource-parser/stream$': '<rootDir>/node_modules/eventsource-parser/dist/stream.js' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' } },
    ],
  },
};
