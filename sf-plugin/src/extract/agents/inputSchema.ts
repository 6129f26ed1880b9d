import type { Place } from '@agent-readiness/protocol';
import { member, parseJson } from '../json/json.ts';
import { LineIndex } from '../text/lineIndex.ts';

/** One input in the `input/schema.json` of an action. */
export interface SchemaInput {
  readonly name: string;
  /** Lightning type, e.g. `lightning__booleanType`. */
  readonly type: string | undefined;
  readonly place: Place;
}

/** @throws UnreadableError when the file is not JSON */
export function parseInputSchema(file: string, text: string): SchemaInput[] {
  const lines = new LineIndex(file, text);
  const properties = member(
    parseJson(text, (offset) => lines.place(offset)),
    'properties',
  );
  if (properties?.kind !== 'object') return [];
  return properties.members.map(({ name, place, value }) => {
    const type = member(value, 'lightning:type');
    return { name, place, type: type?.kind === 'scalar' && typeof type.value === 'string' ? type.value : undefined };
  });
}
