import axe from 'axe-core';
import { createElement } from 'lwc';

/** Puts a component on the page. */
export function mount(tag, Component, properties = {}) {
  const element = Object.assign(createElement(tag, { is: Component }), properties);
  document.body.appendChild(element);
  return element;
}

/** Rendering follows a change in a microtask, and what a rendered component asks for in the next ones. */
export async function rendered() {
  for (let round = 0; round < 10; round += 1) await Promise.resolve();
}

export function unmountAll() {
  document.body.replaceChildren();
}

/** Text as it reads: white space of the templates is not part of it. */
export function textOf(element) {
  return element?.textContent.replace(/\s+/g, ' ').trim();
}

/** Rules of axe that the page breaks; those about colour need a browser and are tested there. */
export async function violations() {
  const options = { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } };
  const found = await axe.run(document.body, options);
  return found.violations.map(({ id, nodes }) => [id, nodes[0].html]);
}
