/** Names of this many things fit a message; the report has them all. */
const named = 5;

/** `A, B and 3 more`. */
export function nameSome(names: readonly string[], more = 'more'): string {
  const rest = names.length - named;
  return rest > 0 ? `${names.slice(0, named).join(', ')} and ${rest} ${more}` : names.join(', ');
}
