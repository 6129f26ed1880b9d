import { ConversationMasker } from '../domain/masking/masker.ts';
import type { CreateMasker, RunGuardrails } from '../domain/safeguards.ts';

const createMasker: CreateMasker = (context) => new ConversationMasker(context);

/** Until guardrails are built in, everything is blocked: without them nothing may leave. */
const runGuardrails: RunGuardrails = () => [{ guard: 'none', action: 'block', detail: 'no guardrails in this build' }];

/** The controls as they run in production. */
export const safeguards = { createMasker, runGuardrails };
