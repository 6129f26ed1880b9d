import { effectSchema, type Effect } from '@agent-readiness/protocol';
import { tableUnder, type Row } from './markdownTable.ts';
import { read, sample } from './projectFiles.ts';

/** An effect that the check must find in the sample; `extent` bounded does not occur there. */
export type ExpectedEffect = Pick<
  Effect,
  | 'operation'
  | 'object'
  | 'fields'
  | 'extent'
  | 'identity'
  | 'chosenBy'
  | 'gate'
  | 'reach'
  | 'reversibility'
  | 'certainty'
> & { readonly action: string };

export interface ExpectedAction {
  readonly action: string;
  readonly verdict: 'good' | 'bad';
  /** Ids of the rules that must report the action, sorted; no others may. */
  readonly rules: readonly string[];
}

const { operation, object, fields, extent, identity, chosenBy, gate, reach, reversibility, certainty } =
  effectSchema.shape;

const readme = read(`${sample}/README.md`);

export const expectedActions: readonly ExpectedAction[] = tableUnder(readme, '## Actions').map((row) => {
  const verdict = cell(row, 'Deliberately');
  if (verdict !== 'good' && verdict !== 'bad') throw new Error(`neither good nor bad: ${verdict}`);
  return { action: cell(row, 'Action'), verdict, rules: list(cell(row, 'Rules that must report it')) };
});

/** What the actions do themselves. */
export const expectedEffects: readonly ExpectedEffect[] = tableUnder(readme, '## Effects').map(toEffect);

/** What triggers, roll-ups and delete cascades add. */
export const expectedEffectsOfAutomation: readonly ExpectedEffect[] = tableUnder(
  readme,
  '## Effects of automation',
).map(toEffect);

function toEffect(row: Row): ExpectedEffect {
  return {
    action: cell(row, 'Action'),
    operation: operation.parse(cell(row, 'Operation')),
    object: object.parse(cell(row, 'Object')),
    fields: fields.parse(list(cell(row, 'Fields'))),
    extent: extent.parse(cell(row, 'Extent')),
    identity: identity.parse(cell(row, 'Identity')),
    chosenBy: chosenBy.parse(cell(row, 'Chosen by')),
    gate: gate.parse(cell(row, 'Gate')),
    reach: reach.parse(cell(row, 'Reach')),
    reversibility: reversibility.parse(cell(row, 'Reversibility')),
    certainty: certainty.parse(cell(row, 'Certainty')),
  };
}

function cell(row: Row, column: string): string {
  const text = row[column];
  if (text === undefined || text === '') throw new Error(`no ${column} in ${JSON.stringify(row)}`);
  return text;
}

/** `–` is the empty list. */
function list(text: string): string[] {
  return text === '–' ? [] : text.split(', ').sort();
}
