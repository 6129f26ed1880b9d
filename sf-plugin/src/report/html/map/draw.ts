import { cut } from '../../text/layout.ts';
import { count, gateWords, identityWords, listWords } from '../../words.ts';
import { gateIcon, iconAt, identityIcon, questionIcon } from '../icons.ts';
import { html, nothing, type Markup } from '../markup.ts';
import { standing, type AgentView } from '../view.ts';
import { rowHeight, type MapAction, type MapEdge, type MapLane, type MapLayout, type MapTarget } from './layout.ts';

const width = 1160;
const agentBox = { x: 0, width: 132 };
const actionBox = { x: 182, width: 218 };
const gateBox = { x: 448, width: 162 };
const targetBox = { x: 774, width: 386 };
const boxHeight = 24;

/** The agent, its actions, the gate in front of each and what changes behind it, as one picture. */
export function drawMap(view: AgentView, layout: MapLayout): Markup {
  const { actions, lanes, targets, bands, edges, height } = layout;
  const middle = actions.length > 0 ? ((actions[0]?.y ?? 0) + (actions.at(-1)?.y ?? 0)) / 2 : height / 2;
  const indexOf = new Map(targets.map((target, index) => [target, index]));
  return html`<svg
    class="map"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
    role="group"
    aria-label="${`What ${view.answer.title} can change: ${summary(layout)}`}"
  >
    <g class="heads" aria-hidden="true">
      <text x="${agentBox.x}" y="14">agent</text>
      <text x="${actionBox.x}" y="14">action</text>
      <text x="${gateBox.x}" y="14">in front</text>
      <text x="${targetBox.x}" y="14">what changes</text>
      <text x="${targetBox.x + targetBox.width - 126}" y="14">in whose name</text>
    </g>
    <g class="wires" aria-hidden="true">
      ${actions.map(({ y, view: { id } }) => wire('offers', id, curve(agentBox.x + agentBox.width, middle, actionBox.x, y)))}
      ${lanes.map((lane) => wire(`leads ${standing(lane.gate)}`, lane.action.view.id, curve(actionBox.x + actionBox.width, lane.action.y, gateBox.x, lane.y)))}
      ${[...edges].reverse().map((edge) => edgeWire(edge, indexOf.get(edge.target) ?? 0))}
    </g>
    <g class="agent-node" aria-hidden="true">
      <rect x="${agentBox.x}" y="${middle - 20}" width="${agentBox.width}" height="40" rx="8" />
      <text x="${agentBox.x + agentBox.width / 2}" y="${middle + 4}">${cut(view.agent.name, 15, '…')}</text>
    </g>
    ${lanes.map((lane) => laneNode(lane))} ${actions.map((action) => actionNode(action, edges))}
    ${bands.map(({ question, y }) => html`<g class="band" aria-hidden="true">${iconAt(questionIcon(question), targetBox.x, y - 9)}<text x="${targetBox.x + 20}" y="${y + 3}">${question}</text></g>`)}
    ${targets.map((target, index) => targetNode(target, index, worstStanding(edges, target)))}
  </svg>`;
}

/** What the picture leaves out, in words. */
export function mapNote({ readOnly, unreachable }: AgentView, { hiddenActions }: MapLayout): string {
  return [
    ...(hiddenActions > 0 ? [count(hiddenActions, 'more action')] : []),
    ...(readOnly.length > 0
      ? [
          `only reading: ${listWords(
            readOnly.map(({ name }) => name),
            6,
          )}`,
        ]
      : []),
    ...(unreachable.length > 0
      ? [
          `not offered: ${listWords(
            unreachable.map(({ name }) => name),
            6,
          )}`,
        ]
      : []),
  ].join('; ');
}

function wire(kind: string, action: string, path: string): Markup {
  return html`<path class="wire ${kind}" data-action="${action}" d="${path}" />`;
}

function edgeWire({ lane, target, identity, certainty, cascade }: MapEdge, index: number): Markup {
  const kinds = [standing(lane.gate), identity, certainty, ...(cascade ? ['cascade'] : [])].join(' ');
  const path = curve(gateBox.x + gateBox.width, lane.y, targetBox.x - 6, target.y);
  return html`<path
    class="wire reaches ${kinds}"
    data-action="${lane.action.view.id}"
    data-target="${index}"
    d="${path}"
  />`;
}

/** A link to the evidence, which says in words what its lines show; it begins with what can be read on it. */
function actionNode(action: MapAction, edges: readonly MapEdge[]): Markup {
  const { view, y, standing: worst } = action;
  const { name } = view.action;
  const shown = cut(name, 27, '…');
  const own = edges.filter((edge) => edge.lane.action === action);
  const words = own.map(
    ({ target, identity, lane }) =>
      `${target.question} ${target.label}, ${identityWords[identity]}, ${gateWords[lane.gate]}`,
  );
  return html`<a
    class="node action-node ${worst}"
    href="#${view.id}"
    data-action="${view.id}"
    aria-label="${`${shown}${shown === name ? '' : ` ${name}`}: ${words.join('; ')}`}"
    ><rect x="${actionBox.x}" y="${y - boxHeight / 2}" width="${actionBox.width}" height="${boxHeight}" rx="6" /><text
      x="${actionBox.x + 10}"
      y="${y + 4}"
      >${shown}</text
    ></a
  >`;
}

function laneNode({ action, gate, y }: MapLane): Markup {
  return html`<g class="node gate-node ${standing(gate)}" data-action="${action.view.id}" aria-hidden="true"
    ><rect
      x="${gateBox.x}"
      y="${y - boxHeight / 2}"
      width="${gateBox.width}"
      height="${boxHeight}"
      rx="12"
    />${iconAt(gateIcon(gate), gateBox.x + 10, y - 7)}<text x="${gateBox.x + 30}" y="${y + 4}"
      >${gateWords[gate]}</text
    ></g
  >`;
}

function targetNode({ label, identity, names, y }: MapTarget, index: number, worst: string): Markup {
  const right = targetBox.x + targetBox.width;
  return html`<g class="node target-node ${worst} ${identity ? '' : 'joined'}" data-target="${index}" aria-hidden="true"
    ><title>${listWords(names, 40)}</title
    ><rect
      x="${targetBox.x}"
      y="${y - rowHeight / 2 + 2}"
      width="${targetBox.width}"
      height="${rowHeight - 4}"
      rx="6"
    /><circle cx="${targetBox.x}" cy="${y}" r="3.5" /><text x="${targetBox.x + 14}" y="${y + 4}"
      >${cut(label, 31, '…')}</text
    >${identity ? html`${iconAt(identityIcon(identity), right - 126, y - 7)}<text class="identity" x="${right - 106}" y="${y + 4}">${identityWords[identity]}</text>` : nothing}</g
  >`;
}

function worstStanding(edges: readonly MapEdge[], target: MapTarget): string {
  const found = edges.filter((edge) => edge.target === target).map(({ lane }) => standing(lane.gate));
  return (['open', 'weak', 'holds'] as const).find((each) => found.includes(each)) ?? 'holds';
}

/** A line that leaves and arrives horizontally. */
function curve(x1: number, y1: number, x2: number, y2: number): string {
  const bend = (x2 - x1) * 0.5;
  return `M${x1} ${round(y1)}C${x1 + bend} ${round(y1)} ${x2 - bend} ${round(y2)} ${x2} ${round(y2)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function summary({ bands, targets }: MapLayout): string {
  return bands
    .map(
      ({ question }) =>
        `${question} ${listWords(
          targets.filter((target) => target.question === question).map(({ label }) => label),
          5,
        )}`,
    )
    .join('; ');
}
