import { type ActionReport, type AgentReport, type Effect, type Finding, type Report } from '@agent-readiness/protocol';

const source = 'force-app/main/default';

/** A delete that nothing stops, unless told otherwise. */
export function effect(changes: Partial<Effect> = {}): Effect {
  return {
    operation: 'delete',
    object: 'Case',
    fields: [],
    extent: 'unbounded',
    identity: 'system',
    chosenBy: 'model',
    gate: 'none',
    reversibility: 'recoverable',
    reach: 'direct',
    certainty: 'proven',
    path: [
      {
        file: `${source}/aiAuthoringBundles/Order_Care/Order_Care.agent`,
        line: 12,
        column: 1,
        label: 'agent Order_Care',
      },
      { file: `${source}/aiAuthoringBundles/Order_Care/Order_Care.agent`, line: 88, column: 9, label: 'action' },
      { file: `${source}/flows/Purge_Stale_Cases.flow-meta.xml`, line: 41, column: 5, label: 'Delete Records "Purge"' },
    ],
    otherPaths: 0,
    ...changes,
  };
}

export function action(name: string, effects: Effect[], changes: Partial<ActionReport> = {}): ActionReport {
  return {
    name,
    topic: 'Cases',
    target: { type: 'flow', name: `${name}_flow` },
    place: { file: `${source}/aiAuthoringBundles/Order_Care/Order_Care.agent`, line: 88, column: 9 },
    reachable: true,
    confirmation: 'none',
    effects,
    pruned: [],
    ...changes,
  };
}

export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'destructive-without-confirmation',
    category: 'safety',
    severity: 'critical',
    message: 'purge_stale_cases can delete Case (direct) and nothing stands in front of it.',
    agent: 'Order_Care',
    action: 'purge_stale_cases',
    effect: 'delete:Case',
    place: { file: `${source}/flows/Purge_Stale_Cases.flow-meta.xml`, line: 41, column: 5 },
    path: effect().path,
    fix: 'Set isConfirmationRequired on the action, or guard it with a variable that only a verified step can set.',
    fingerprint: '0123456789abcdef',
    ...changes,
  };
}

function orderCare(actions: ActionReport[]): AgentReport {
  return {
    name: 'Order_Care',
    generation: 'agent-script',
    file: `${source}/aiAuthoringBundles/Order_Care/Order_Care.agent`,
    version: 'v1',
    runsAs: 'order.care@example.com',
    actions,
  };
}

/** One agent with one action that deletes, and the finding about it. */
export function report(changes: Partial<Report> = {}): Report {
  return {
    schemaVersion: 1,
    project: { name: 'orders', sourceDirs: ['force-app'] },
    coverage: { filesParsed: 14, filesFailed: [], opaqueTargets: [] },
    agents: [orderCare([action('purge_stale_cases', [effect()])])],
    findings: [finding()],
    verdict: { status: 'not-ready', failOn: 'high', findings: { critical: 1, high: 0, medium: 0, low: 0 } },
    ...changes,
  };
}

/** An agent with a bit of everything: every question has an answer, some of them good. */
export function fullReport(): Report {
  const apex = (name: string, line: number) => [
    ...effect().path.slice(0, 2),
    { file: `${source}/classes/${name}.cls`, line, column: 9, label: 'delete records' },
  ];
  return report({
    coverage: {
      filesParsed: 42,
      filesFailed: [
        { file: `${source}/classes/LegacyHelper.cls`, line: 310, column: 14, reason: 'syntax error near "}"' },
      ],
      opaqueTargets: [
        {
          file: `${source}/genAiFunctions/Check_Fraud/Check_Fraud.genAiFunction-meta.xml`,
          line: 6,
          column: 5,
          type: 'apex',
          name: 'fraud__CheckOrder',
          reason: 'apex fraud__CheckOrder is not in the project or cannot be read',
          candidates: ['FraudCheck'],
        },
      ],
    },
    agents: [
      orderCare([
        action('look_up_order', []),
        action('show_order_status', []),
        action(
          'request_refund',
          [
            effect({
              operation: 'create',
              object: 'Refund__c',
              fields: ['Amount__c', 'Order__c', 'Reason__c', 'Status__c'],
              extent: 'one',
              identity: 'user',
              gate: 'confirmed',
              reversibility: 'reversible',
            }),
          ],
          {
            pruned: [
              {
                file: `${source}/flows/Request_Refund.flow-meta.xml`,
                line: 77,
                column: 9,
                reason: 'confirmed is always false',
              },
            ],
          },
        ),
        action('purge_stale_cases', [effect()]),
        action('remove_contact', [
          effect({
            object: 'Contact',
            extent: 'one',
            identity: 'user',
            gate: 'declared-only',
            path: apex('ContactService', 27),
          }),
          effect({
            object: 'Refund_Line__c',
            extent: 'children-of-one',
            reach: 'cascade',
            gate: 'declared-only',
            certainty: 'possible',
          }),
        ]),
        action('update_any_record', [
          effect({
            operation: 'update',
            object: '*',
            fields: ['*'],
            extent: 'one',
            reversibility: 'irreversible',
            path: apex('GenericRecordUpdateInvocableAction', 133),
            reach: 'transitive',
            otherPaths: 2,
          }),
        ]),
        action('send_summary', [
          effect({
            operation: 'send-message',
            object: 'email',
            extent: 'one',
            identity: 'user',
            reversibility: 'irreversible',
            chosenBy: 'linked',
          }),
          effect({
            operation: 'callout',
            object: 'Payments',
            extent: 'one',
            gate: 'guarded',
            reversibility: 'irreversible',
          }),
        ]),
        action('check_fraud', [
          effect({
            operation: 'unknown',
            object: '*',
            fields: ['*'],
            reversibility: 'irreversible',
            certainty: 'opaque',
          }),
        ]),
        action('old_action', [], { reachable: false }),
      ]),
    ],
    findings: [
      finding({ action: 'remove_contact', effect: 'delete:Contact', fingerprint: '00000000000000a1' }),
      finding(),
      finding({
        ruleId: 'any-object-write',
        action: 'update_any_record',
        effect: 'update:*',
        message: 'update_any_record can update records of any object: the object is decided at run time, by the model.',
        fix: 'Write one action per object, or check the object against a fixed list before the write.',
        place: { file: `${source}/classes/GenericRecordUpdateInvocableAction.cls`, line: 133, column: 9 },
        fingerprint: '00000000000000a2',
      }),
      finding({
        ruleId: 'opaque-target',
        severity: 'medium',
        action: 'check_fraud',
        effect: 'unknown:*',
        message: 'check_fraud reaches code nobody can see here.',
        fix: 'Retrieve the target into the project, or review it by hand and record the result as a waiver.',
        fingerprint: '00000000000000a3',
      }),
    ],
    verdict: { status: 'not-ready', failOn: 'high', findings: { critical: 3, high: 0, medium: 1, low: 0 } },
  });
}
