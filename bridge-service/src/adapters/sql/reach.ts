import { StoreUnavailableError } from '../../ports/store.ts';

/** SQLSTATE classes: connection exception, insufficient resources (a full disk), operator intervention, system error. */
const unavailableClasses: readonly string[] = ['08', '53', '57', '58'];

/** The transaction was idle for too long, and its connection is gone. */
const tookTooLong = '25P03';

/**
 * What is no answer of the database, or an answer that it cannot serve, says that it cannot be reached.
 *
 * @param codeOf the SQLSTATE of an error that is an answer; undefined for any other
 * @throws StoreUnavailableError
 */
export async function reach<T>(ask: () => Promise<T>, codeOf: (error: unknown) => string | undefined): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const code = codeOf(error);
    const isAnswer = code !== undefined && code !== tookTooLong && !unavailableClasses.includes(code.slice(0, 2));
    if (isAnswer) throw error;
    throw new StoreUnavailableError('the database cannot be reached', { cause: error });
  }
}
