import { describe, expect, it } from '@jest/globals';
import { unknownElements } from '../../../src/extract/agents/unknownElements.ts';
import { parseMetadataXml } from '../../../src/extract/xml/xml.ts';

describe('unknownElements', () => {
  it('finds what has a structure or a name that speaks of actions, and no setting', () => {
    const root = parseMetadataXml(
      'f',
      `<Bot>
<description>Known nowhere, and no script.</description>
<mood>sunny</mood>
<defaultSubagent>X</defaultSubagent>
<startScript>Y</startScript>
<box><inner/></box>
<plugins>Z</plugins>
</Bot>`,
    );
    expect(unknownElements(root, new Set(['plugins']))).toEqual([
      { value: 'defaultSubagent', place: { file: 'f', line: 4, column: 1 } },
      { value: 'startScript', place: { file: 'f', line: 5, column: 1 } },
      { value: 'box', place: { file: 'f', line: 6, column: 1 } },
    ]);
  });
});
