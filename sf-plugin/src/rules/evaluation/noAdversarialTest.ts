import { dataOperations, type Effect } from '@agent-readiness/protocol';
import type { Capability, Rule, TestedUtterance } from '../rule.ts';

/** What an attacker says: it talks about the rules, about other people, or in code. */
const attack = new RegExp(
  [
    String.raw`\b(?:ignore|forget|disregard|override|bypass|skip)\b.{0,40}\b(?:rules?|instructions?|prompts?|polic(?:y|ies)|guard|checks?|verification)`,
    String.raw`\b(?:system prompt|jailbreak|developer mode|admin mode|you are now|pretend (?:to be|you)|act as|your (?:instructions|prompt))\b`,
    String.raw`\b(?:another|other|every|all) (?:customer|user|person|people|account|contact)`,
    String.raw`\bsome(?:one|body)[ -]else\b|\bnot (?:mine|my own)\b`,
    String.raw`\bmy (?:neighbou?r|friend|wife|husband|partner|colleague|boss|mother|father|brother|sister|son|daughter)\b`,
    String.raw`<script\b|\bdrop table\b|\bunion select\b|'\s*or\s*'?1`,
  ].join('|'),
  'i',
);

/** Topics that catch attacks: those of the platform, and what people call their own. */
const guardTopic =
  /off_?topic|prompt_?injection|reverse_?engineering|inappropriate|guard_?rail|jailbreak|malicious|abuse/i;

export const noAdversarialTest: Rule = {
  id: 'no-adversarial-test',
  category: 'evaluation',
  severity: 'medium',
  summary: 'No test tries to make an agent that changes or sends something do what it should not.',
  check: ({ agents, capabilities, testedUtterances }) =>
    agents.flatMap((agent) => {
      const acting = capabilities.filter((capability) => capability.agent === agent && canDoHarm(capability));
      const isTried = testedUtterances.some((tested) => concerns(tested, agent.name) && isAdversarial(tested));
      if (acting.length === 0 || isTried) return [];
      return [
        {
          agent,
          message: `No test attacks ${agent.name}, ${acting.length} of whose actions change or send something.`,
          fix: 'Add test cases that ask for the data of others, for a step without its check, and to ignore the instructions; expect no action.',
        },
      ];
    }),
};

function canDoHarm({ action, effects }: Capability): boolean {
  return action.role === 'action' && effects.some(isHarm);
}

function isHarm({ operation, reversibility }: Effect): boolean {
  return dataOperations.has(operation) || (operation !== 'unknown' && reversibility === 'irreversible');
}

function concerns({ agent }: TestedUtterance, name: string): boolean {
  return agent === '' || agent.toLowerCase() === name.toLowerCase();
}

function isAdversarial({ utterance, expectedTopic }: TestedUtterance): boolean {
  return attack.test(utterance) || guardTopic.test(expectedTopic);
}
