import type { FormatContext } from '../../src/report/reportFormat.ts';

/** What the formats need beside the report, made up: each place has one line of source, `line 12`. */
export const context: FormatContext = {
  toolVersion: '1.2.3',
  projectPath: '',
  rules: [
    {
      id: 'destructive-without-confirmation',
      category: 'safety',
      severity: 'high',
      summary: 'An action can delete, merge or convert records.',
      page: '## What it reports\n\nA delete.',
    },
    { id: 'untested-write', category: 'evaluation', severity: 'low', summary: 'No test expects the action.' },
  ],
  quote: ({ line }) => [{ line, column: 1, text: `line ${line}` }],
};
