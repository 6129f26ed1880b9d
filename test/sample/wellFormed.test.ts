import { describe, expect, it } from '@jest/globals';
import { parseMetadataXml } from '../../sf-plugin/src/extract/xml/xml.ts';
import { filesBelow, read } from './projectFiles.ts';

/** Components have tests of their own. */
const files = ['force-app', 'examples'].flatMap(filesBelow).filter((file) => !file.includes('/lwc/'));
const isXml = (file: string): boolean => file.endsWith('-meta.xml') || file.endsWith('.genAiPlannerBundle');

/** Suffixes whose root element is not the suffix with a capital letter. */
const roots: Readonly<Record<string, string>> = {
  bundle: 'AiAuthoringBundle',
  cls: 'ApexClass',
  field: 'CustomField',
  labels: 'CustomLabels',
  md: 'CustomMetadata',
  object: 'CustomObject',
  permissionset: 'PermissionSet',
  resource: 'StaticResource',
  trigger: 'ApexTrigger',
};

describe('the files of the sample and the examples', () => {
  it.each(files.filter(isXml))('%s is metadata of the kind that its name says', (file) => {
    const suffix = file.replace('-meta.xml', '').split('.').at(-1) ?? '';
    const expected = roots[suffix] ?? suffix.charAt(0).toUpperCase() + suffix.slice(1);
    expect(parseMetadataXml(file, read(file)).name).toBe(expected);
  });

  it.each(files.filter((file) => file.endsWith('.json') && !file.endsWith('_graph.json')))('%s is JSON', (file) => {
    expect(JSON.parse(read(file))).toBeInstanceOf(Object);
  });

  it.each(files.filter((file) => /\.(cls|trigger|agent)$/.test(file)))('%s has its metadata beside it', (file) => {
    const companion = file.endsWith('.agent') ? file.replace('.agent', '.bundle-meta.xml') : `${file}-meta.xml`;
    expect(files).toContain(companion);
  });

  it('there is nothing else', () => {
    const others = files.filter((file) => !isXml(file) && !/\.(cls|trigger|agent|json)$/.test(file));
    expect(others).toEqual([
      'examples/legacy-planner/README.md',
      'examples/order-care/README.md',
      'examples/ready-agent/CODEOWNERS',
      'examples/ready-agent/README.md',
    ]);
  });
});
