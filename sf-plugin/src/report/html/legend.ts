import { effectiveGates, gateSchema, identitySchema, type Gate, type Identity } from '@agent-readiness/protocol';
import { gateFact, identityFact } from './facts.ts';
import { html, type Markup } from './markup.ts';

const gates: Readonly<Record<Gate, string>> = {
  none: 'The model calls it when it likes.',
  'declared-only': 'A confirmation is declared, but the platform asks nobody.',
  'self-grantable': 'A condition that the model can make true by itself.',
  guarded: 'A condition that the model cannot make true.',
  confirmed: 'The user must confirm before it runs.',
  approval: 'A second person decides.',
};

const identities: Readonly<Record<Identity, string>> = {
  user: 'Permissions, field security and sharing of the running user hold.',
  'system-with-sharing': 'Sharing holds; permissions and field security do not.',
  system: 'Neither permissions nor sharing hold: every record is in reach.',
};

/** How to read the page. */
export function legend(): Markup {
  return html`<section id="legend" aria-labelledby="legend-title">
    <h2 id="legend-title">How to read this</h2>
    <div class="card legend">
      <div>
        <h3>In front</h3>
        <dl>
          ${gateSchema.options.map(
            (gate) =>
              html`<dt>${gateFact(gate)}</dt>
                <dd>${gates[gate]} ${effectiveGates.has(gate) ? '' : 'Stops nothing.'}</dd>`,
          )}
        </dl>
      </div>
      <div>
        <h3>In whose name</h3>
        <dl>
          ${identitySchema.options.map(
            (identity) =>
              html`<dt>${identityFact(identity)}</dt>
                <dd>${identities[identity]}</dd>`,
          )}
        </dl>
        <h3>How sure</h3>
        <dl>
          <dt>proven</dt>
          <dd>There is a path in the source, shown hop by hop.</dd>
          <dt>possible</dt>
          <dd>The source allows it; what happens is decided at run time.</dd>
          <dt>not in source</dt>
          <dd>Nobody can see here what it does. It counts as able to do anything.</dd>
        </dl>
      </div>
    </div>
  </section>`;
}
