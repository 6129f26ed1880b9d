import { notFound } from '../errors.ts';
import { parseJson, type HttpRequest, type Reply } from '../http/messages.ts';
import type { ActionValues } from '../invocableActions.ts';
import type { OrgState } from '../orgState.ts';
import { isObject } from './dataRequest.ts';

/** `POST /actions/custom/apex/<class>` with `{ inputs: […] }` (REST API Developer Guide, "Invocable Actions Custom"). */
export async function actionReply(org: OrgState, request: HttpRequest, userId: string, name: string): Promise<Reply> {
  const handler = org.actions.find(name);
  if (!handler) throw notFound();
  const body = parseJson(request.body.toString('utf8'));
  const inputs = isObject(body) && Array.isArray(body['inputs']) ? body['inputs'].filter(isObject) : [];
  try {
    const outputs = await handler(inputs, userId);
    org.events.commit();
    return { status: 200, body: outputs.map((outputValues) => resultOf(name, { outputValues })) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const errors = [{ statusCode: 'UNKNOWN_EXCEPTION', message, fields: [] }];
    return { status: 400, body: inputs.map(() => resultOf(name, { errors })) };
  }
}

function resultOf(
  actionName: string,
  { outputValues, errors }: { readonly outputValues?: ActionValues; readonly errors?: readonly object[] },
): object {
  return { actionName, errors: errors ?? null, isSuccess: errors === undefined, outputValues: outputValues ?? null };
}
