/** How much of the context of a model one answer may take: about 10,000 tokens of JSON. */
export const maxResultCharacters = 40_000;

/**
 * A result whose lists are cut so that its JSON has at most `limit` characters. The first list that is
 * named goes first, and of each list its first items; `omitted` tells how many are left out of which.
 */
export function fitLists<T extends Readonly<Record<string, unknown>>>(
  result: T,
  lists: readonly (keyof T & string)[],
  limit = maxResultCharacters,
): T & { readonly omitted: Record<string, number> } {
  const empty = Object.fromEntries(lists.map((name) => [name, []]));
  // With room for the names and numbers of what is left out.
  const named = lists.reduce((sum, name) => sum + name.length + '"":1000000,'.length, '"omitted":{},'.length);
  let room = limit - named - JSON.stringify({ ...result, ...empty }).length;
  const kept: Record<string, unknown> = {};
  const omitted: Record<string, number> = {};
  for (const name of lists) {
    const items = result[name] as readonly unknown[];
    const end = items.findIndex((item) => (room -= JSON.stringify(item).length + 1) < 0);
    kept[name] = end === -1 ? items : items.slice(0, end);
    if (end === -1) continue;
    omitted[name] = items.length - end;
    // What comes after the first that does not fit is less important than it.
    room = 0;
  }
  return { ...result, ...kept, omitted };
}
