import type { ActionTarget } from '../../agent.ts';
import { modelSources, noSources, unite, type Sources } from './sources.ts';

/**
 * What a call returns is what the target computes, so it is worth what went in: the model has a say
 * in it as soon as it fills one input. Two kinds of target are judged by what they are.
 *
 * This is the place to look inside a flow or a class of the project: one whose output does not depend
 * on an input that the model fills is worth more than is said here.
 *
 * @param target `undefined` where it is not known what is called
 * @param inputs the sources of every input; `undefined` where the inputs are not all known
 */
export function returnedBy(
  target: Pick<ActionTarget, 'type' | 'name'> | undefined,
  inputs: readonly Sources[] | undefined,
): Sources {
  if (target && isIdentityGate(target)) return noSources;
  if (!target || !inputs || isUpToModel.has(target.type)) return modelSources;
  return unite(inputs);
}

/** A model writes the answer, whatever went in; or what answers is not known. */
const isUpToModel: ReadonlySet<string> = new Set(['agent', 'generatePromptResponse', 'unknown', 'unreadable']);

/**
 * Actions of the platform that compare the code a customer gives with the one that was sent. The model
 * passes the code on, but the platform decides.
 */
const identityGates: ReadonlySet<string> = new Set([
  'flow/svccopilottmpl__verifycode',
  'standardinvocableaction/svccopilottmpl__verifycustomer',
  'standardinvocableaction/verifycustomercode',
]);

function isIdentityGate({ type, name }: Pick<ActionTarget, 'type' | 'name'>): boolean {
  return identityGates.has(`${type}/${name}`.toLowerCase());
}
