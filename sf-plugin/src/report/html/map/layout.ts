import type { Certainty, Gate, Identity } from '@agent-readiness/protocol';
import { questionOf, questions, subjectWords, type Question } from '../../answer.ts';
import { standing, type ActionView, type AgentView, type Standing } from '../view.ts';

/**
 * The picture of one agent in four columns: agent, actions, gates, what changes. A layered drawing with
 * fixed columns needs no layout engine: rows are in the order of what they do, targets in the order of
 * the rows that lead to them.
 */
export interface MapLayout {
  readonly height: number;
  readonly actions: readonly MapAction[];
  readonly lanes: readonly MapLane[];
  readonly bands: readonly MapBand[];
  readonly targets: readonly MapTarget[];
  readonly edges: readonly MapEdge[];
  /** Actions that change something and are not drawn: the least dangerous. */
  readonly hiddenActions: number;
}

/** `y` is the middle. */
export interface MapAction {
  readonly view: ActionView;
  readonly y: number;
  readonly standing: Standing;
}

/** One gate in front of effects of one action. */
export interface MapLane {
  readonly action: MapAction;
  readonly gate: Gate;
  readonly y: number;
}

export interface MapBand {
  readonly question: Question;
  readonly y: number;
}

/** Something that changes, in somebody's name. `names` says what is joined in it. */
export interface MapTarget {
  readonly question: Question;
  readonly label: string;
  readonly identity: Identity | undefined;
  readonly y: number;
  readonly names: readonly string[];
}

export interface MapEdge {
  readonly lane: MapLane;
  readonly target: MapTarget;
  readonly identity: Identity;
  readonly certainty: Certainty;
  readonly cascade: boolean;
}

const actionLimit = 16;
const targetsPerBand = 9;

export const rowHeight = 30;
const bandHeight = 30;
const top = 34;

interface DraftEdge {
  readonly action: ActionView;
  readonly gate: Gate;
  readonly question: Question;
  readonly key: string;
  readonly what: string;
  readonly identity: Identity;
  readonly certainty: Certainty;
  readonly cascade: boolean;
}

export function layoutMap({ acting }: AgentView): MapLayout {
  // In the order of the targets, so that few lines cross.
  const shown = drawnActions(acting).toSorted((a, b) => firstQuestion(a) - firstQuestion(b));
  const drafts = distinct(shown.flatMap(draftEdges));
  const rows = shown.flatMap((view) => gatesOf(view).map((gate) => ({ view, gate })));
  const targetRows = targetsOf(drafts, rows);

  const leftHeight = rows.length * rowHeight;
  const rightHeight = targetRows.reduce((sum, row) => sum + (row.kind === 'band' ? bandHeight : rowHeight), 0);
  const body = Math.max(leftHeight, rightHeight);

  const lanes = placeLanes(shown, rows, top + (body - leftHeight) / 2);
  const { bands, targets, byKey } = placeTargets(targetRows, top + (body - rightHeight) / 2);
  const laneOf = (draft: DraftEdge): MapLane | undefined =>
    lanes.find(({ action, gate }) => action.view === draft.action && gate === draft.gate);
  const edges = drafts.flatMap((draft): MapEdge[] => {
    const lane = laneOf(draft);
    const target = byKey.get(draft.key);
    if (!lane || !target) return [];
    const { identity, certainty, cascade } = draft;
    return [{ lane, target, identity, certainty, cascade }];
  });
  return {
    height: top + body + 12,
    actions: [...new Set(lanes.map(({ action }) => action))],
    lanes,
    bands,
    targets,
    edges,
    hiddenActions: acting.length - shown.length,
  };
}

/** Of many actions those that show something new; among equals the worst. */
function drawnActions(acting: readonly ActionView[]): ActionView[] {
  if (acting.length <= actionLimit + 1) return [...acting];
  const seen = new Set<string>();
  const [newest, repeating] = [[] as ActionView[], [] as ActionView[]];
  for (const view of acting) {
    const keys = draftEdges(view).map(({ key, gate }) => `${gate} ${key}`);
    (keys.every((key) => seen.has(key)) ? repeating : newest).push(view);
    for (const key of keys) seen.add(key);
  }
  return [...newest, ...repeating].slice(0, actionLimit);
}

function draftEdges(action: ActionView): DraftEdge[] {
  return action.effects.map(({ effect }) => {
    const { gate, identity, certainty } = effect;
    const question = questionOf(effect);
    const cascade = effect.reach === 'cascade';
    const what = subjectWords(effect);
    // All consequences of one kind are one target: their names would bury what the actions do themselves.
    const key = cascade ? `${question} by automation` : JSON.stringify([question, what, identity]);
    return { action, gate, question, key, what, identity, certainty, cascade };
  });
}

function distinct(drafts: readonly DraftEdge[]): DraftEdge[] {
  const seen = new Map<string, DraftEdge>();
  const names = new Map<string, string[]>();
  for (const draft of drafts) {
    const key = JSON.stringify([draft.action.id, draft.gate, draft.key]);
    if (!seen.has(key)) seen.set(key, draft);
    names.set(key, [...(names.get(key) ?? []), draft.what]);
  }
  return [...seen].flatMap(([key, draft]) => {
    const found = names.get(key) ?? [];
    return draft.cascade ? [{ ...draft, what: [...new Set(found)].join(', ') }] : [draft];
  });
}

function firstQuestion({ effects }: ActionView): number {
  return Math.min(...effects.map(({ effect }) => questions.indexOf(questionOf(effect))));
}

function gatesOf({ effects }: ActionView): Gate[] {
  return [...new Set(effects.map(({ effect }) => effect.gate))];
}

type TargetRow =
  | { readonly kind: 'band'; readonly question: Question }
  | {
      readonly kind: 'target';
      readonly question: Question;
      readonly keys: readonly string[];
      readonly label: string;
      readonly identity: Identity | undefined;
      readonly names: readonly string[];
    };

/** Targets by question; inside it those first that rows further up lead to, consequences last. */
function targetsOf(
  drafts: readonly DraftEdge[],
  rows: readonly { readonly view: ActionView; readonly gate: Gate }[],
): TargetRow[] {
  return questions.flatMap((question): TargetRow[] => {
    const own = drafts.filter((draft) => draft.question === question);
    const groups = [...new Set(own.map(({ key }) => key))]
      .map((key) => {
        const edges = own.filter((draft) => draft.key === key);
        const positions = edges.map(({ action, gate }) =>
          rows.findIndex((row) => row.view === action && row.gate === gate),
        );
        return { key, edges, position: positions.reduce((sum, at) => sum + at, 0) / positions.length };
      })
      .sort(
        (a, b) => Number(isCascade(a)) - Number(isCascade(b)) || a.position - b.position || (a.key < b.key ? -1 : 1),
      );
    const direct = groups.filter((group) => !isCascade(group));
    const shown = direct.length > targetsPerBand + 1 ? direct.slice(0, targetsPerBand) : direct;
    const rest = direct.slice(shown.length);
    const targets: TargetRow[] = [
      ...shown.map(({ key, edges: [first] }): TargetRow => ({
        kind: 'target',
        question,
        keys: [key],
        label: first?.what ?? '',
        identity: first?.identity,
        names: [first?.what ?? ''],
      })),
      ...joined(question, rest, (names) => `${names.length} more`),
      ...joined(question, groups.filter(isCascade), automationLabel),
    ];
    return targets.length > 0 ? [{ kind: 'band', question }, ...targets] : [];
  });
}

interface Group {
  readonly key: string;
  readonly edges: readonly DraftEdge[];
}

function isCascade({ edges }: Group): boolean {
  return edges[0]?.cascade ?? false;
}

function joined(
  question: Question,
  groups: readonly Group[],
  labelOf: (names: readonly string[]) => string,
): TargetRow[] {
  if (groups.length === 0) return [];
  const names = [...new Set(groups.flatMap(({ edges }) => edges.flatMap(({ what }) => what.split(', '))))].sort();
  const keys = groups.map(({ key }) => key);
  return [{ kind: 'target', question, keys, label: labelOf(names), identity: undefined, names }];
}

function automationLabel(names: readonly string[]): string {
  const [only] = names;
  return names.length === 1 && only !== undefined ? `${only} by automation` : `${names.length} more by automation`;
}

function placeLanes(
  shown: readonly ActionView[],
  rows: readonly { readonly view: ActionView; readonly gate: Gate }[],
  from: number,
): MapLane[] {
  return shown.flatMap((view) => {
    const own = rows
      .map((row, index) => ({ ...row, y: from + (index + 0.5) * rowHeight }))
      .filter((row) => row.view === view);
    const middle = own.reduce((sum, { y }) => sum + y, 0) / Math.max(1, own.length);
    const standings = own.map(({ gate }) => standing(gate));
    const worst = (['open', 'weak', 'holds'] as const).find((each) => standings.includes(each)) ?? 'holds';
    const action: MapAction = { view, y: middle, standing: worst };
    return own.map(({ gate, y }): MapLane => ({ action, gate, y }));
  });
}

function placeTargets(
  rows: readonly TargetRow[],
  from: number,
): { readonly bands: MapBand[]; readonly targets: MapTarget[]; readonly byKey: ReadonlyMap<string, MapTarget> } {
  const bands: MapBand[] = [];
  const targets: MapTarget[] = [];
  const byKey = new Map<string, MapTarget>();
  let y = from;
  for (const row of rows) {
    if (row.kind === 'band') {
      bands.push({ question: row.question, y: y + bandHeight / 2 + 3 });
      y += bandHeight;
      continue;
    }
    const { question, label, identity, names } = row;
    const target: MapTarget = { question, label, identity, names, y: y + rowHeight / 2 };
    targets.push(target);
    for (const key of row.keys) byKey.set(key, target);
    y += rowHeight;
  }
  return { bands, targets, byKey };
}
