interface EffectRow {
  readonly element: HTMLElement;
  readonly text: string;
  readonly question: string;
  readonly open: boolean;
  readonly identity: string;
}

interface ActionRow {
  readonly element: HTMLDetailsElement;
  /** Name, target and topic: they find the action with all its effects. */
  readonly text: string;
  readonly effects: readonly EffectRow[];
}

interface Wanted {
  readonly text: string;
  readonly questions: readonly string[];
  readonly onlyOpen: boolean;
  readonly identity: string;
}

/** Shows the actions that have an effect as asked for, and of these the effects that match. */
export function startFilters(): void {
  const form = document.querySelector<HTMLFormElement>('form.filters');
  if (!form) return;
  const actions = [...document.querySelectorAll<HTMLDetailsElement>('details.action')].map(readAction);
  const apply = (): void => {
    const shown = actions.filter((action) => filterAction(action, wantedOf(form))).length;
    for (const agent of document.querySelectorAll<HTMLElement>('.agent')) {
      agent.classList.toggle('empty', !agent.querySelector('details.action:not([hidden])'));
    }
    const result = form.querySelector('output');
    if (result)
      result.textContent = shown === actions.length ? `${shown} actions` : `${shown} of ${actions.length} actions`;
  };
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  form.querySelector('button[name=clear]')?.addEventListener('click', clearFilters);
  startExpansion(form, actions);
  form.hidden = false;
  apply();
}

/** Shows every action again. */
export function clearFilters(): void {
  const form = document.querySelector<HTMLFormElement>('form.filters');
  form?.reset();
  form?.dispatchEvent(new Event('input'));
}

function startExpansion(form: HTMLFormElement, actions: readonly ActionRow[]): void {
  const button = form.querySelector<HTMLButtonElement>('button[name=expand]');
  button?.addEventListener('click', () => {
    const shown = actions.map(({ element }) => element).filter((element) => !element.hidden);
    const open = shown.some((element) => !element.open);
    for (const element of shown) element.open = open;
    button.textContent = open ? 'Close all' : 'Open all';
  });
}

function readAction(element: HTMLDetailsElement): ActionRow {
  return {
    element,
    text: textOf(element.querySelector('summary .name')) + textOf(element.querySelector('.body > p')),
    effects: [...element.querySelectorAll<HTMLElement>('details.effect')].map((effect) => ({
      element: effect,
      text: textOf(effect),
      question: effect.dataset['does'] ?? '',
      open: !effect.querySelector('.gate.holds'),
      identity: effect.querySelector('.as')?.classList[1] ?? 'system',
    })),
  };
}

function textOf(element: Element | null): string {
  return (element?.textContent ?? '').toLowerCase();
}

function wantedOf(form: HTMLFormElement): Wanted {
  const data = new FormData(form);
  const field = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  return {
    text: field('text').trim().toLowerCase(),
    questions: data.getAll('question').filter((value) => typeof value === 'string'),
    onlyOpen: data.has('open'),
    identity: field('identity'),
  };
}

function filterAction({ element, text, effects }: ActionRow, wanted: Wanted): boolean {
  const byName = text.includes(wanted.text);
  let found = 0;
  for (const effect of effects) {
    const matches =
      (byName || effect.text.includes(wanted.text)) &&
      (wanted.questions.length === 0 || wanted.questions.includes(effect.question)) &&
      (!wanted.onlyOpen || effect.open) &&
      (wanted.identity === '' || effect.identity === wanted.identity);
    effect.element.hidden = !matches;
    if (matches) found += 1;
  }
  element.hidden = found === 0;
  return found > 0;
}
