/** The components in jsdom, compiled as an org compiles them. Run by `npm test`; alone: see docs/review-components.md. */
const components = '<rootDir>/../../force-app/main/handoff/lwc';

export default {
  preset: '@lwc/jest-preset',
  roots: ['<rootDir>/components', '<rootDir>/org', '<rootDir>/samples', components],
  testMatch: ['<rootDir>/components/*.test.js'],
  setupFilesAfterEnv: ['<rootDir>/failOnComplaint.js'],
  moduleNameMapper: {
    '^lwc$': '<rootDir>/node_modules/@lwc/engine-dom/dist/index.cjs',
    '^c/handoffLabels$': '<rootDir>/org/labels.js',
    '^c/handoffStyle$': `${components}/handoffStyle/handoffStyle.css`,
    '^c/(.+)$': `${components}/$1/$1`,
    '^@salesforce/apex/(.+)$': '<rootDir>/org/$1.js',
    '^@salesforce/apex$': '<rootDir>/org/refreshApex.js',
    '^@salesforce/i18n/locale$': '<rootDir>/org/locale.js',
    '^@salesforce/i18n/timeZone$': '<rootDir>/org/timeZone.js',
  },
};
