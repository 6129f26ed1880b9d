import { describe, expect, it } from '@jest/globals';
import { parsePromptTemplate } from '../../../src/extract/metadata/promptTemplate.ts';
import { parseFixture } from './fixture.ts';

const template = (body: string): string => `<GenAiPromptTemplate>\n${body}\n</GenAiPromptTemplate>`;
const version = (key: string, value: string, flow: string): string =>
  `<templateVersions><${key}>${value}</${key}><templateDataProviders><definition>flow://${flow}</definition></templateDataProviders></templateVersions>`;

/** The targets of a template and its active version. */
function read(body: string): [string | undefined, string[]] {
  const { activeVersion, providers } = parsePromptTemplate('T.genAiPromptTemplate', template(body));
  return [activeVersion, providers.map(({ target }) => `${target.type}://${target.name}`)];
}

describe('parsePromptTemplate', () => {
  it('reads what the active version runs, declared or merged into its text', () => {
    const file = 'Offer_Letter.genAiPromptTemplate-meta.xml';
    const at = (line: number) => ({ file, line, column: 9 });
    expect(parseFixture(parsePromptTemplate, file)).toEqual({
      name: 'Offer_Letter',
      place: { file, line: 2, column: 1 },
      type: 'einstein_gpt__flex',
      activeVersion: 'k3y=_2',
      recordMerges: [{ object: 'Contact', field: 'Name', place: at(17) }],
      providers: [
        { target: { type: 'flow', name: 'Prices' }, place: at(25), label: 'grounds the prompt with flow://Prices' },
        {
          target: { type: 'invocable', name: 'getEinsteinRetrieverResults' },
          place: at(33),
          label: 'grounds the prompt with invocable://getEinsteinRetrieverResults/Catalogue_1Cx_000',
        },
        {
          target: { type: 'flow', name: 'bikes__Extras' },
          place: at(17),
          label: 'merges the result of flow://bikes__Extras',
        },
        { target: { type: 'apex', name: 'Discounts' }, place: at(17), label: 'merges the result of apex://Discounts' },
      ],
    });
  });

  it('reads the numbers by which older files name a version', () => {
    const versions = version('versionNumber', '1', 'First') + version('versionNumber', '2', 'Second');
    expect(read(`<activeVersion>1</activeVersion>${versions}`)).toEqual(['1', ['flow://First']]);
  });

  it('counts all versions where none is known to be live', () => {
    const versions = version('versionIdentifier', 'a', 'First') + version('versionIdentifier', 'b', 'Second');
    expect(read(versions)).toEqual([undefined, ['flow://First', 'flow://Second']]);
    expect(read(`<activeVersionIdentifier>c</activeVersionIdentifier>${versions}`)).toEqual([
      undefined,
      ['flow://First', 'flow://Second'],
    ]);
  });

  it('keeps a definition of a form nobody knows', () => {
    const provider = (definition: string): string =>
      `<templateVersions><templateDataProviders><definition>${definition}</definition></templateDataProviders></templateVersions>`;
    expect(read(provider('Prices'))).toEqual([undefined, ['unknown://Prices']]);
    expect(read(provider('oracle://Delphi/deep'))).toEqual([undefined, ['oracle://Delphi/deep']]);
  });
});
