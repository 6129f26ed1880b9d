import { expect, it } from '@jest/globals';
import { runCheck } from '../../sf-plugin/src/actions/check.ts';
import { unicodeSymbols } from '../../sf-plugin/src/report/text/style.ts';
import { toText } from '../../sf-plugin/src/report/text/text.ts';
import { plainStyle } from '../../sf-plugin/test/report/plainStyle.ts';
import { read, sampleProject } from './projectFiles.ts';

const silent = { start: () => undefined, update: () => undefined, stop: () => undefined };

it('shows the first screen as the README prints it', async () => {
  const options = { sourceDirs: [], agents: [], allVersions: false, failOn: 'high' } as const;
  const report = await runCheck({ startDir: sampleProject, progress: silent }, options);
  const shown = /\$ sf readiness check\n([^`]+)\n```/.exec(read('README.md'))?.[1] ?? '';
  expect(shown.split('\n').length).toBeGreaterThan(10);
  const text = toText(report, { ...plainStyle, symbols: unicodeSymbols });
  expect(text.split('\n').slice(0, shown.split('\n').length)).toEqual(shown.split('\n'));
});
