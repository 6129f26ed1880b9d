const folded = new Map<string, string>();

/**
 * A name in lower case, by which Apex compares names. Equal names give one and the same text, which makes looking
 * something up by it cheap: a project uses few names, many times.
 */
export function fold(name: string): string {
  let known = folded.get(name);
  if (known === undefined) {
    known = name.toLowerCase();
    known = folded.get(known) ?? known;
    folded.set(known, known);
    folded.set(name, known);
  }
  return known;
}
