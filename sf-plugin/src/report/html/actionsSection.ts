import { identitySchema, type ActionReport, type AgentReport, type PrunedBranch } from '@agent-readiness/protocol';
import { questionOf, questions } from '../answer.ts';
import { actionReference } from '../explain/actionReference.ts';
import { count, effectWords, extentWords, identityWords, qualifierWords } from '../words.ts';
import { gateFact, placeFact, severityFact, undoFact } from './facts.ts';
import { icon, questionIcon } from './icons.ts';
import { html, nothing, when, type Markup } from './markup.ts';
import { standing, worstSeverity, type ActionView, type AgentView, type EffectView } from './view.ts';

/** Every effect of every action with its proof; the script adds the path when a reader asks for it. */
export function actionsSection(agents: readonly AgentView[]): Markup {
  const reports = agents.map(({ agent }) => agent);
  return html`<section id="actions" aria-labelledby="actions-title">
    <h2 id="actions-title">Actions <span class="count">${reports.flatMap(({ actions }) => actions).length}</span></h2>
    ${when(
      agents.some(({ acting }) => acting.length > 0),
      filters,
    )}
    ${agents.map((agent) => oneAgent(agent, reports))}
  </section>`;
}

/** Of no use without the script, which shows them. */
function filters(): Markup {
  return html`<form class="filters" role="search" aria-label="Filter actions" hidden>
    <label class="search"
      ><span>Search</span
      ><input type="search" name="text" placeholder="action, object, class …" autocomplete="off" spellcheck="false"
    /></label>
    <fieldset>
      <legend>Does</legend>
      ${questions.map((question) => html`<label class="chip"><input type="checkbox" name="question" value="${question}" />${icon(questionIcon(question))}${question}</label>`)}
    </fieldset>
    <fieldset>
      <legend>In front</legend>
      <label class="chip"><input type="checkbox" name="open" />no gate that holds</label>
    </fieldset>
    <label class="select"
      ><span>In whose name</span>
      <select name="identity">
        <option value="">anyone</option>
        ${identitySchema.options.map((identity) => html`<option value="${identity}">${identityWords[identity]}</option>`)}
      </select>
    </label>
    <p class="result">
      <output name="result" aria-live="polite"></output> <button type="button" name="clear">Clear</button>
      <button type="button" name="expand">Open all</button>
    </p>
  </form>`;
}

function oneAgent(
  { id, answer, agent, acting, readOnly, unreachable }: AgentView,
  agents: readonly AgentReport[],
): Markup {
  return html`<div class="agent" id="${id}">
    <h3>${answer.title} <span class="quiet">${count(acting.length, 'action')} that can change something</span></h3>
    ${acting.map((view) => oneAction(view, actionReference(view.action, agent, agents)))}
    ${quietActions('Read only', readOnly)} ${quietActions('Not offered to the model', unreachable)}
  </div>`;
}

function oneAction({ id, action, effects, findings }: ActionView, reference: string): Markup {
  const { name, topic, target, place, pruned } = action;
  const severity = worstSeverity(findings);
  const own = effects.filter(({ effect }) => effect.reach !== 'cascade');
  const consequences = effects.filter(({ effect }) => effect.reach === 'cascade');
  return html`<details class="card action" id="${id}">
    <summary>
      <span class="name"><b>${name}</b> <span class="quiet">${target.type} ${target.name}</span></span>
      ${brief(effects)} ${severity ? severityFact(severity) : nothing}
    </summary>
    <div class="body">
      <p class="quiet">${when(topic !== '', () => html`Topic ${topic} · `)}${placeFact(place)}</p>
      <p class="quiet"><code>sf readiness explain ${reference}</code></p>
      <div class="effects">${own.map(oneEffect)}</div>
      ${when(
        consequences.length > 0,
        () =>
          html`<details class="more consequences">
            <summary>${count(consequences.length, 'consequence')} by automation</summary>
            <div class="effects">${consequences.map(oneEffect)}</div>
          </details>`,
      )}
      ${pruned.map(ruledOut)}
    </div>
  </details>`;
}

/** One icon for each kind of thing that the action does, in the colour of its weakest gate. */
function brief(effects: readonly EffectView[]): Markup {
  const kinds = questions.flatMap((question) => {
    const [first] = effects.filter(({ effect }) => questionOf(effect) === question);
    return first
      ? [html`<span class="kind ${standing(first.effect.gate)}">${icon(questionIcon(question))}${question}</span>`]
      : [];
  });
  return html`<span class="brief">${kinds}</span>`;
}

/** There are thousands of them: the fewer bytes the better. */
function oneEffect({ effect, number }: EffectView): Markup {
  const unseen = effect.operation === 'unknown';
  const proof = effect.path.at(-1);
  const qualifiers = qualifierWords(effect).join(' · ');
  return html`<details class="effect" id="effect-${number}" data-does="${questionOf(effect)}">
    <summary>
      <b>${effectWords(effect)}</b>
      ${when(!unseen, () => html`<span class="fact">${extentWords(effect)}</span> <span class="as ${effect.identity}">${identityWords[effect.identity]}</span>`)}
      ${gateFact(effect.gate)} ${when(!unseen, () => undoFact(effect.reversibility))}
      ${when(qualifiers !== '', () => html`<span class="quiet">${qualifiers}</span>`)}
    </summary>
    ${proof ? html`<p class="proof">${placeFact(proof)}</p>` : nothing}
  </details>`;
}

function ruledOut({ reason, ...place }: PrunedBranch): Markup {
  return html`<p class="quiet pruned">Ruled out: ${reason} ${placeFact(place)}</p>`;
}

function quietActions(title: string, actions: readonly ActionReport[]): Markup {
  if (actions.length === 0) return nothing;
  const names = actions.map(({ name }) => name).sort();
  return html`<details class="card quiet-actions">
    <summary>${title} <span class="count">${actions.length}</span></summary>
    <p>${names.join(', ')}</p>
  </details>`;
}
