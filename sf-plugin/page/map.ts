/** Pointing at an action or at what changes leaves only what hangs together with it in full colour. */
export function startMap(): void {
  for (const map of document.querySelectorAll<SVGSVGElement>('svg.map')) {
    const parts = [...map.querySelectorAll<SVGElement>('.wire, .node')];
    const select = (event: Event): void => {
      const node = event.target instanceof Element ? event.target.closest<SVGElement>('.node') : null;
      highlight(map, parts, node);
    };
    const clear = (): void => {
      highlight(map, parts, null);
    };
    map.addEventListener('pointerover', select);
    map.addEventListener('focusin', select);
    map.addEventListener('pointerleave', clear);
    map.addEventListener('focusout', clear);
  }
}

function highlight(map: SVGSVGElement, parts: readonly SVGElement[], node: SVGElement | null): void {
  map.classList.toggle('chosen', node !== null);
  if (!node) return;
  const { action, target } = node.dataset;
  const chosen = parts.filter(
    (part) =>
      (action !== undefined && part.dataset['action'] === action) ||
      (target !== undefined && part.dataset['target'] === target),
  );
  // From an action to all it changes; from what changes to all that lead there.
  const joined = new Set(
    chosen.map((part) => (action !== undefined ? part.dataset['target'] : part.dataset['action'])),
  );
  joined.delete(undefined);
  for (const part of parts) {
    const end = action !== undefined ? part.dataset['target'] : part.dataset['action'];
    const isNode = part.classList.contains('node') || part.dataset['target'] === undefined;
    part.classList.toggle('with', chosen.includes(part) || (isNode && joined.has(end)));
  }
}
