import { pino, type Logger } from 'pino';
import type { Watch } from '../../ports/watch.ts';

/** As a container wants it: JSON lines. */
export function logToStandardOutput(): Watch {
  return createPinoWatch(pino());
}

/** Structured logs: names, codes, figures and places in the program. */
export function createPinoWatch(logger: Logger): Watch {
  return {
    decided: (event) => {
      logger.info(event, 'decided');
    },
    received: (what, outcome, code) => {
      logger.info({ what, outcome, code }, 'received');
    },
    ran: ({ txn, agent, task, state, disposition, reason, startedMs, endedMs, questions }) => {
      const costUsdMicros = questions.reduce((sum, question) => sum + question.costUsdMicros, 0);
      const ms = endedMs - startedMs;
      logger.info({ txn, agent, task, state, disposition, reason, ms, costUsdMicros }, 'ran');
    },
    breaker: (model, state) => {
      logger.warn({ model, state }, 'breaker');
    },
    alarm: (code, txn) => {
      logger.warn({ code, txn }, 'alarm');
    },
    failed: (where, error) => {
      logger.error({ where, ...describe(error) }, 'failed');
    },
  };
}

/** Messages may quote values, so they stay out: the class, the code and the places say enough. */
function describe(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const cause = error.cause === undefined ? {} : { cause: describe(error.cause) };
  return { error: error.name, ...code, at: places.slice(0, 8).map((line) => line.trim()), ...cause };
}
