import { createProject, type TestProject } from '@agent-readiness/testkit';

const classes = 'force-app/main/default/classes';
const bundle = 'force-app/main/default/aiAuthoringBundles/Many';

/** A project whose agent `Many` has so many actions, each with a class of its own that deletes a record. */
export function manyActions(amount: number): TestProject {
  const names = Array.from({ length: amount }, (_, index) => `Delete${String(index).padStart(4, '0')}`);
  return createProject({
    [`${bundle}/Many.agent`]: script(names),
    [`${bundle}/Many.bundle-meta.xml`]: '<AiAuthoringBundle><bundleType>AGENT</bundleType></AiAuthoringBundle>',
    ...Object.fromEntries(names.map((name) => [`${classes}/${name}.cls`, apexClass(name)])),
  });
}

function script(names: readonly string[]): string {
  const lines = names.flatMap((name) => [
    `        ${name}:`,
    '            description: "Deletes a record."',
    `            target: "apex://${name}"`,
    '            inputs:',
    '                recordId: id',
  ]);
  return [
    'config:',
    '    developer_name: "Many"',
    '    agent_type: "AgentforceEmployeeAgent"',
    'start_agent main:',
    '    description: "Deletes."',
    '    reasoning:',
    '        actions:',
    ...names.map((name) => `            ${name}: @actions.${name}`),
    '    actions:',
    ...lines,
    '',
  ].join('\n');
}

function apexClass(name: string): string {
  return `public with sharing class ${name} {
    @InvocableMethod
    public static void run(List<Id> ids) {
        delete [SELECT Id FROM Account WHERE Id IN :ids];
    }
}
`;
}
