import { isObject } from './dataRequest.ts';

/** A reference to an answer that is not there. */
export class MissingReference extends Error {
  override readonly name = 'MissingReference';
}

/**
 * Puts values of earlier answers in place of `@{referenceId.path}`, in texts and in all texts of an object.
 *
 * @throws MissingReference
 */
export function fillReferences(value: unknown, answers: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') {
    return value.replace(/@\{([^}]*)\}/g, (_, path: string) => String(lookUp(path, answers)));
  }
  if (Array.isArray(value)) return value.map((item) => fillReferences(item, answers));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fillReferences(item, answers)]));
}

/** `newOrder.id`, `orders.records[0].Id`. */
function lookUp(path: string, answers: ReadonlyMap<string, unknown>): unknown {
  const [referenceId = '', ...steps] = path.replace(/\[(\d+)\]/g, '.$1').split('.');
  let value = answers.get(referenceId);
  for (const step of steps) {
    if (Array.isArray(value)) value = value[Number(step)];
    else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  if (value === undefined || typeof value === 'object') {
    throw new MissingReference(`Invalid reference specified. No value for ${path} found in ${referenceId}.`);
  }
  return value;
}
