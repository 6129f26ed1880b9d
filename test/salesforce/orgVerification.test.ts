import { describe, expect, it } from '@jest/globals';
import { filesBelow, namesOf, read } from '../sample/projectFiles.ts';

const page = read('docs/org-verification.md');
const main = 'force-app/main/handoff';

const found = (pattern: RegExp): string[] => [...new Set([...page.matchAll(pattern)].map(([, name]) => name ?? ''))];

describe('the checklist for an org', () => {
  it('names objects and fields that are in the sources', () => {
    const known = [
      ...namesOf(`${main}/objects`, '.object-meta.xml'),
      ...namesOf(`${main}/objects`, '.field-meta.xml'),
      // The relationship of the field Handoff__c.
      'Handoff__r',
    ];
    const named = found(/\b([A-Z]\w*?__(?:c|e|mdt|r))\b/g);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('runs every Apex test class, and explains tests that there are', () => {
    const classes = namesOf(`${main}/classes/tests`, 'Test.cls').map((name) => `${name}Test`);
    expect(
      found(/-n (\w+Test)\b/g)
        .filter((name) => !name.includes('_'))
        .sort(),
    ).toEqual([...classes].sort());
    const source = filesBelow(`${main}/classes/tests`).map(read).join('\n');
    const tests = found(/^\| `(\w+)` +\|/gm).filter((name) => !name.endsWith('__c'));
    expect(tests.length).toBeGreaterThan(5);
    expect(tests.filter((name) => !source.includes(`static void ${name}(`))).toEqual([]);
  });

  it('names the permission sets, the queue and the process as they are called', () => {
    for (const path of [
      'queues/Handoff_Desk.queue-meta.xml',
      'approvalProcesses/Handoff_Approval__c.Plan_Approval.approvalProcess-meta.xml',
    ]) {
      expect(filesBelow(main)).toContain(`${main}/${path}`);
    }
    expect(page).toContain(`${String(namesOf(main, '.permissionset-meta.xml').length)} permission sets`);
  });
});
