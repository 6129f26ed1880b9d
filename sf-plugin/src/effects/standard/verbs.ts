import { dataOperations, type Operation } from '@agent-readiness/protocol';
import { effect, type EffectTemplate } from './template.ts';

/*
 * What the verb in an action's name says about it. Verbs that may or may not write (calculate, process, run, …) are not
 * listed: an action with none of the verbs below is not understood.
 */
const readingVerbs = words(`
  check compare describe discover fetch find format get identify list look lookup parse preview query read retrieve
  search serialize deserialize show validate verify view
`);

const writingVerbs = new Map<string, Operation>([
  ...verbs(
    'create',
    'add book clone copy crea create enroll generate import issue log make post raise register reschedule schedule',
  ),
  ...verbs(
    'update',
    `activate adjust apply archive assign associate attach cancel change close confirm deactivate disable edit endorse
     freeze link lock manage modify move pause place publish reassign recall recover refresh reinstate release relocate
     renew replace reset restore resume revert review set submit suspend sync toggle transfer unapply unassign unfreeze
     unlink unlock unmerge updt update upgrade void withdraw write`,
  ),
  ...verbs('upsert', 'persist save upsert'),
  ...verbs('delete', 'delete prune remove'),
  ...verbs('merge', 'merge'),
  ...verbs('convert', 'convert'),
  ...verbs('send-message', 'broadcast dispatch notify reply send'),
  ...verbs('call-model', 'analyse analyze answer draft explain recommend summarize'),
]);

/** Writing verbs that are no nouns, and therefore count wherever they stand. */
const plainVerbs = words('create delete remove send update upsert');

/** `checkIn…` writes, and a list view is a thing. */
const misleading = /^(?:check(?:In|Out)|listView)(?=[A-Z])/;
const productPrefix =
  /^(?:agentforceGrid|b2c|cdp|einstein|ic|oci|pardot|setup(?:Agent)?|slack(?:Agent)?|tooling)(?=[A-Z])/;
const channels = ['email', 'slack', 'sms', 'whats', 'rcs', 'notification'];

/**
 * The effects that the name of a platform action suggests: none for a reading verb, `undefined` where no verb is
 * understood.
 *
 * A reading verb counts only where it leads the name, because what follows it may be anything.
 *
 * @param name in camel case, without a namespace
 */
export function effectsByVerb(name: string): readonly EffectTemplate[] | undefined {
  if (misleading.test(name)) return undefined;
  const [first = [], ...others] = clausesOf(name.replace(productPrefix, ''));
  const head = operationOf(first);
  // `getOrExec…`: two verbs for one object, so both must be understood. `getPlansAndRates` has one verb.
  const alternatives = others.filter((clause) => first.length === 1 || writingVerbs.has(clause[0] ?? ''));
  const operations = [head, ...alternatives.map(operationOf)];
  if (operations.includes(undefined)) return undefined;
  const writes = new Set(operations.filter((each) => each !== undefined && each !== 'read'));
  return [...writes].map((operation) =>
    // How many records it takes is not in the name.
    effect(operation, objectOf(operation, name), dataOperations.has(operation) ? { extent: 'unbounded' } : {}),
  );
}

function operationOf(clause: readonly string[]): Operation | 'read' | undefined {
  const [lead = ''] = clause;
  if (readingVerbs.has(lead)) return 'read';
  return writingVerbs.get(writingVerbs.has(lead) ? lead : (clause.find((word) => plainVerbs.has(word)) ?? ''));
}

function objectOf(operation: Operation, name: string): string {
  if (operation === 'call-model') return name;
  if (operation !== 'send-message') return '*';
  const channel = channels.find((each) => name.toLowerCase().includes(each));
  return channel === 'whats' ? 'whatsapp' : (channel ?? '*');
}

/** The words of a camel-case name in lower case, cut at `and` and `or`. */
function clausesOf(name: string): string[][] {
  const clauses: string[][] = [[]];
  for (const word of name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? []) {
    const lower = word.toLowerCase();
    if (lower === 'and' || lower === 'or') clauses.push([]);
    else clauses.at(-1)?.push(lower);
  }
  return clauses;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter(Boolean));
}

function verbs(operation: Operation, text: string): [string, Operation][] {
  return [...words(text)].map((verb) => [verb, operation]);
}
