import { isOpen, questions, type Answer, type AnswerRow, type Question } from '../answer.ts';
import { count, listWords } from '../words.ts';
import { gateFact, identityFact } from './facts.ts';
import { icon, questionIcon } from './icons.ts';
import { html, nothing, when, type Markup } from './markup.ts';
import { standing, type AgentView } from './view.ts';

/** More agents than this are answered in one row each. */
const agentsInFull = 3;
const rowsShown = 6;
/** Beyond these the actions are the better place to look. */
const rowsListed = 40;
const actionsShown = 2;
const quietNamed = 20;

/** What can be deleted, written, sent and started, in whose name, and what stands in front of it. */
export function answerSection(agents: readonly AgentView[], filesFailed: boolean): Markup {
  if (agents.length === 0) return nothing;
  return html`<section id="answer" aria-labelledby="answer-title">
    <h2 id="answer-title">What can they do?</h2>
    ${agents.length <= agentsInFull ? agents.map((agent) => inFull(agent, filesFailed)) : overview(agents)}
  </section>`;
}

function inFull({ answer, agent, id }: AgentView, filesFailed: boolean): Markup {
  const { name, generation, version, runsAs, actions } = agent;
  const facts = [`${generation} ${version}`.trimEnd(), count(actions.length, 'action')];
  return html`<article class="card answer">
    <header>
      <h3><a href="#${id}">${name}</a></h3>
      <p class="quiet">
        ${facts.join(' · ')}${when(runsAs !== undefined, () => html` · runs as <b>${runsAs ?? ''}</b>`)}
      </p>
    </header>
    ${questions.map((question) => oneQuestion(question, answer, filesFailed))}
  </article>`;
}

function oneQuestion(question: Question, { rows }: Answer, filesFailed: boolean): Markup {
  const all = rows[question];
  if (all.length === 0) {
    if (question !== 'deletes') return nothing;
    const blind = filesFailed || rows.unknown.length > 0;
    return html`<div class="question">
      <h4>${icon(questionIcon(question))}${question}</h4>
      <p class="none">${blind ? 'nothing that can be seen' : 'nothing'}</p>
    </div>`;
  }
  const own = all.filter(({ cascade }) => !cascade);
  const shown = own.slice(0, own.length === rowsShown + 1 ? undefined : rowsShown);
  const hidden = own.slice(shown.length);
  const consequences = all.filter(({ cascade }) => cascade);
  return html`<div class="question">
    <h4>${icon(questionIcon(question))}${question}</h4>
    <ul class="rows">
      ${shown.map(answerRow)}
    </ul>
    ${folded(hidden, openWords(hidden))}
    ${folded(consequences, `as a consequence: ${listWords([...new Set(consequences.map(({ what }) => what))], 3)}`)}
  </div>`;
}

function openWords(rows: readonly AnswerRow[]): string {
  const open = rows.filter(isOpen).length;
  return `${rows.length} more${open > 0 ? `, ${open} without a gate that holds` : ''}`;
}

function folded(rows: readonly AnswerRow[], title: string): Markup {
  if (rows.length === 0) return nothing;
  return html`<details class="more">
    <summary>${title}</summary>
    <ul class="rows">
      ${rows.slice(0, rowsListed).map(answerRow)}
    </ul>
    ${when(rows.length > rowsListed, () => html`<p class="quiet">${rows.length - rowsListed} more among the actions.</p>`)}
  </details>`;
}

function answerRow({ what, identity, gate, actions }: AnswerRow): Markup {
  return html`<li>
    <b class="what">${what}</b> ${identityFact(identity)} ${gateFact(gate)}
    <span class="through">${listWords(actions, actionsShown)}</span>
  </li>`;
}

/** A table of agents by questions: in each cell the worst. */
function overview(agents: readonly AgentView[]): Markup {
  const acting = agents.filter((agent) => agent.acting.length > 0);
  const quiet = agents.filter((agent) => agent.acting.length === 0).map(({ answer }) => answer.title);
  const asked = questions.filter(
    (question) => question === 'deletes' || acting.some(({ answer }) => answer.rows[question].length > 0),
  );
  return html`<div class="scroll card" role="region" aria-label="Agents and what they can do" tabindex="0">
    <table class="overview">
      <thead>
        <tr>
          <th scope="col">agent</th>
          ${asked.map((question) => html`<th scope="col">${icon(questionIcon(question))}${question}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${acting.map(
          ({ id, answer }) =>
            html`<tr>
              <th scope="row"><a href="#${id}">${answer.title}</a></th>
              ${asked.map((question) => cell(answer.rows[question]))}
            </tr>`,
        )}
      </tbody>
    </table>
    ${when(
      quiet.length > 0,
      () =>
        html`<p class="quiet">${count(quiet.length, 'agent')} can change nothing: ${listWords(quiet, quietNamed)}.</p>`,
    )}
  </div>`;
}

function cell(rows: readonly AnswerRow[]): Markup {
  const [first, ...rest] = rows;
  if (!first) return html`<td class="none">–</td>`;
  return html`<td class="${standing(first.gate)}">
    <b class="what">${first.what}</b>${rest.length > 0 ? html` <span class="quiet">+${rest.length}</span>` : nothing}
    <span class="facts">${identityFact(first.identity)} ${gateFact(first.gate)}</span>
  </td>`;
}
