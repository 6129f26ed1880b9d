import { clearFilters } from './filters.ts';

/** A link into something that is folded opens it. */
export function startReveal(): void {
  window.addEventListener('hashchange', reveal);
  // A second click on the same link changes no hash.
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (link?.getAttribute('href') === location.hash) reveal();
  });
  reveal();
}

function reveal(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  // What a filter hides could not be shown.
  if (target.closest('[hidden]')) clearFilters();
  for (let at: Element | null = target; at; at = at.parentElement) {
    if (at instanceof HTMLDetailsElement) at.open = true;
  }
  target.scrollIntoView({ block: 'start' });
  target.querySelector('summary')?.focus({ preventScroll: true });
}
