import type { MetadataKind } from '../../extract/project/metadataKinds.ts';
import type { SourceIndex } from '../../extract/project/sourceIndex.ts';
import type { Agent, AgentProblem } from '../agent.ts';
import { definedTwice } from './agentFiles.ts';

/** What actions invoke that is a file of its name, by the type of the target. */
const kinds: ReadonlyMap<string, MetadataKind> = new Map([
  ['flow', 'flow'],
  ['apex', 'apexClass'],
  ['generatePromptResponse', 'promptTemplate'],
]);

/** The targets of an agent that the project defines more than once: which of them runs is not known. */
export function ambiguousTargets({ name: agent, actions }: Agent, index: SourceIndex): AgentProblem[] {
  const problems = new Map<string, AgentProblem>();
  for (const { target } of actions) {
    const kind = kinds.get(target.type);
    const [analysed, ...others] = kind ? index.named(kind, target.name) : [];
    for (const { path } of analysed ? others : []) {
      const reason = definedTwice(target.name, analysed?.path ?? '');
      problems.set(path, { agent, place: { file: path, line: 1, column: 1 }, reason });
    }
  }
  return [...problems.values()];
}
