import type { Coverage, Place } from '@agent-readiness/protocol';
import { count, filesOf, listWords } from '../words.ts';
import { placeFact } from './facts.ts';
import { html, nothing, type Markup } from './markup.ts';

/** Files that could not be read and targets that are not in the project: where the report is blind. */
export function coverageSection({ filesParsed, filesFailed, opaqueTargets }: Coverage): Markup {
  const targets = opaqueTargets.map((target) => ({
    ...target,
    reason: `${target.reason}${target.candidates.length > 0 ? `; did you mean ${listWords(target.candidates, 3)}?` : ''}`,
  }));
  const blind = filesFailed.length + targets.length;
  return html`<section id="not-seen" aria-labelledby="not-seen-title">
    <h2 id="not-seen-title">Not seen <span class="count">${blind}</span></h2>
    <div class="card">
      <p>
        ${count(filesParsed, 'file')} read.
        ${blind === 0 ? 'Everything that an action reaches was in the project and could be read.' : ''}
      </p>
      ${list(`${count(filesOf(filesFailed), 'file')} not read in full`, 'What is in them may be missing here.', filesFailed)}
      ${list(
        `${count(targets.length, 'target')} not in the project`,
        'What they do is not known; the report counts them as able to do anything.',
        targets,
      )}
    </div>
  </section>`;
}

function list(title: string, meaning: string, items: readonly (Place & { readonly reason: string })[]): Markup {
  if (items.length === 0) return nothing;
  return html`<h3>${title}</h3>
    <p class="quiet">${meaning}</p>
    <ul class="findings">
      ${items.map(
        (item) =>
          html`<li>
            <p>${item.reason}</p>
            <p class="proof">${placeFact(item)}</p>
          </li>`,
      )}
    </ul>`;
}
