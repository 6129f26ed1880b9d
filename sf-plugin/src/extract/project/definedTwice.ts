/** Why a second definition is not analysed; only the org knows which of the two it holds. */
export function definedTwice(name: string, analysed: string): string {
  return `${name} is defined a second time; the definition in ${analysed} is analysed, this one is not`;
}
