/** One suite over all packages: ESM, types stripped by swc (checked by `tsc -b`), sources not builds. */
export default {
  testEnvironment: 'node',
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
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' } },
    ],
  },
};
