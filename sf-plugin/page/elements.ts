type Child = Node | string;

/** An element with text and elements in it; text stays text, whatever it says. */
export function element(tag: string, className: string, ...children: readonly Child[]): HTMLElement {
  const created = document.createElement(tag);
  if (className !== '') created.className = className;
  created.append(...children);
  return created;
}
