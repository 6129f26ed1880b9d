import { createElement } from 'lwc';
import HandoffApproval from 'c/handoffApproval';
import HandoffCost from 'c/handoffCost';
import HandoffList from 'c/handoffList';
import HandoffMasked from 'c/handoffMasked';
import HandoffNotice from 'c/handoffNotice';
import HandoffPlan from 'c/handoffPlan';
import HandoffProof from 'c/handoffProof';
import HandoffReview from 'c/handoffReview';
import HandoffTimeline from 'c/handoffTimeline';
import { states } from '../samples/states.js';

const components = {
  'c-handoff-approval': HandoffApproval,
  'c-handoff-cost': HandoffCost,
  'c-handoff-list': HandoffList,
  'c-handoff-masked': HandoffMasked,
  'c-handoff-notice': HandoffNotice,
  'c-handoff-plan': HandoffPlan,
  'c-handoff-proof': HandoffProof,
  'c-handoff-review': HandoffReview,
  'c-handoff-timeline': HandoffTimeline,
};

/** What the components said, for the test to read. */
globalThis.said = [];
for (const name of ['handoffselect', 'handoffapprove', 'handoffdeny']) {
  document.addEventListener(name, ({ detail }) => globalThis.said.push([name, { ...detail }]));
}

/** `#c-handoff-list/empty` shows one state alone. */
const only = decodeURIComponent(location.hash.slice(1));
if (!only) document.querySelector('main').appendChild(document.createElement('h1')).textContent = document.title;
for (const [tag, named] of Object.entries(states)) {
  for (const [state, properties] of Object.entries(named)) {
    if (only && only !== `${tag}/${state}`) continue;
    const section = document.querySelector('main').appendChild(document.createElement('section'));
    section.dataset.state = `${tag}/${state}`;
    if (!only) section.appendChild(document.createElement('h2')).textContent = `${tag} · ${state}`;
    section.appendChild(Object.assign(createElement(tag, { is: components[tag] }), properties));
  }
}
