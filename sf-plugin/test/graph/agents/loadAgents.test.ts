import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { describeAgents } from './describeAgent.ts';
import { load, readProject, type ProjectFiles } from './project.ts';

/** Kept by hand: the verdict on a fixture, every place of it compared with the file. */
function expected(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}.expected.txt`, import.meta.url), 'utf8').trimEnd();
}

const namesAndVersions = (files: ProjectFiles, allVersions: boolean): string[] =>
  load(files, allVersions).agents.map(({ name, version, generation }) => `${name} ${version} ${generation}`);

describe('loadAgents', () => {
  it.each(['planner', 'bundleGlobal', 'bundleLocal', 'bundleCompiled', 'definition', 'classicBot'])(
    'reads the generation of %s',
    (name) => {
      expect(describeAgents(load(readProject(name)))).toBe(expected(name));
    },
  );

  it('reads every version on request, of scripts and of what was published', () => {
    expect(describeAgents(load(readProject('scripted'), true))).toBe(expected('scripted'));
  });

  it('takes the draft of a script for the agent, and lists its bot and bundles no second time', () => {
    expect(namesAndVersions(readProject('scripted'), false)).toEqual([
      'Area_51  agent-script',
      'Lending_Agent  agent-script',
    ]);
  });

  it('compares versions as numbers', () => {
    expect(namesAndVersions(readProject('bundleLocal'), false)).toEqual(['Repair_Agent v10 planner-bundle-local']);
    expect(namesAndVersions(readProject('bundleLocal'), true)).toEqual([
      'Repair_Agent v10 planner-bundle-local',
      'Repair_Agent v9 planner-bundle-global',
    ]);
  });

  it('prefers the active version of a definition, and the definition to the bot it replaced', () => {
    expect(namesAndVersions(readProject('definition'), true)).toEqual([
      'Fleet_Agent 2 agent-definition',
      'Fleet_Agent 3 agent-definition',
      'Fleet_Agent  planner-bundle-global',
      'Night_Agent v1 agent-definition',
    ]);
  });

  it('says which files it understood', () => {
    expect(load(readProject('planner')).filesParsed).toEqual([
      'bots/Rental_Desk/Rental_Desk.bot-meta.xml',
      'bots/Rental_Desk/v1.botVersion-meta.xml',
      'genAiFunctions/End_Rental/End_Rental.genAiFunction-meta.xml',
      'genAiFunctions/End_Rental/input/schema.json',
      'genAiPlanners/Rental_Desk_Planner.genAiPlanner-meta.xml',
      'genAiPlugins/desk/Rentals.genAiPlugin-meta.xml',
    ]);
  });

  it('does not depend on the order of the files', () => {
    const files = readProject('bundleCompiled');
    const reversed = Object.fromEntries(Object.entries(files).reverse());
    expect(load(reversed)).toEqual(load(files));
  });
});
