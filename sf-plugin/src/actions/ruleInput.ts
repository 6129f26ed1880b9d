import type { Operation } from '@agent-readiness/protocol';
import { classifiedFields } from '../effects/classifiedFields.ts';
import type { Closure } from '../effects/closure.ts';
import { retriesIn } from '../effects/retries.ts';
import type { SourceLibrary } from '../extract/library/sourceLibrary.ts';
import { readCodeOwners } from '../extract/project/codeOwners.ts';
import type { SourceReader } from '../extract/project/sourceReader.ts';
import type { Agent, AgentAction } from '../graph/agent.ts';
import type { Capability, HandoffTask, RuleInput } from '../rules/rule.ts';

/** Operations that hand data to somebody outside: another system, a person, a model or another agent. */
const sending: ReadonlySet<Operation> = new Set<Operation>(['callout', 'send-message', 'call-model', 'invoke-agent']);

/** What the rules look at, of one action. */
export function capability(agent: Agent, action: AgentAction, closure: Closure, library: SourceLibrary): Capability {
  const { effects, occurrences, reached } = closure;
  const sends = effects.some(({ operation, reach }) => sending.has(operation) && reach !== 'cascade');
  return {
    agent,
    action,
    effects,
    occurrences,
    retries: sends ? retriesIn(reached, library) : [],
    classifiedFields: sends ? classifiedFields(reached, library) : [],
  };
}

/** What the rules look at, of one project. */
export function ruleInput(
  agents: readonly Agent[],
  capabilities: readonly Capability[],
  library: SourceLibrary,
  reader: SourceReader,
): RuleInput {
  const tests = library.agentTests().map((test) => ({ ...test, agent: test.subjectAgent ?? '' }));
  return {
    agents,
    capabilities,
    expectedActions: tests.flatMap(({ agent, expectedActions }) =>
      expectedActions.map(({ name, place }) => ({ agent, action: name, place })),
    ),
    testedUtterances: tests.flatMap(({ agent, utterances }) => utterances.map((each) => ({ ...each, agent }))),
    handoffTasks: library.handoffTasks().flatMap((name) => activeTask(library, name)),
    codeOwners: readCodeOwners(reader),
    hostOf: (name) => hostOf(library, name),
  };
}

function activeTask(library: SourceLibrary, name: string): readonly HandoffTask[] {
  const task = library.handoffTask(name);
  return task?.isActive === true ? [task] : [];
}

/** The host behind a named credential of the project; `undefined` where the project does not say. */
export function hostOf(library: SourceLibrary, namedCredential: string): string | undefined {
  const url = library.namedCredential(namedCredential)?.url;
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined;
}
