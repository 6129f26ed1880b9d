import { runGuardrails } from '../domain/guardrails/runGuardrails.ts';
import { ConversationMasker } from '../domain/masking/masker.ts';
import type { CreateMasker } from '../domain/safeguards.ts';

const createMasker: CreateMasker = (context) => new ConversationMasker(context);

/** The controls as they run in production. */
export const safeguards = { createMasker, runGuardrails };
