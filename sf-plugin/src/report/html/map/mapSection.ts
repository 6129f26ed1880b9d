import { html, nothing, when, type Markup } from '../markup.ts';
import type { AgentView } from '../view.ts';
import { drawMap, mapNote } from './draw.ts';
import { layoutMap } from './layout.ts';

/** Pictures that are open from the start: those of the most dangerous agents. */
const mapsOpen = 3;

export function mapSection(agents: readonly AgentView[]): Markup {
  const drawn = agents.filter(({ acting }) => acting.length > 0);
  if (drawn.length === 0) return nothing;
  return html`<section id="map" aria-labelledby="map-title">
    <h2 id="map-title">Map</h2>
    ${drawn.map((agent, index) => oneMap(agent, index < mapsOpen, drawn.length > 1))}
  </section>`;
}

function oneMap(view: AgentView, open: boolean, titled: boolean): Markup {
  const layout = layoutMap(view);
  const note = mapNote(view, layout);
  const { title } = view.answer;
  const figure = html`<figure>
    <div class="scroll" role="region" aria-label="${`Map of ${title}`}" tabindex="0">${drawMap(view, layout)}</div>
    ${when(note !== '', () => html`<figcaption class="quiet">Not in the picture: ${note}.</figcaption>`)}
  </figure>`;
  if (!titled) return html`<div class="card">${figure}</div>`;
  return html`<details class="card map-of" ${when(open, () => html` open`)}>
    <summary><b>${title}</b></summary>
    ${figure}
  </details>`;
}
