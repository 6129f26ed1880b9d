/**
 * Reads one string member of a JSON object while its text still comes, and gives the string as it grows.
 * Members of other objects, and of other names, are passed over. What is no JSON gives nothing.
 */
export class StringMember {
  readonly #name: string;
  #depth = 0;
  /** The string that is being read, as JSON without its quotes. */
  #open: string | undefined;
  /** The last string of the outer object that was a name. */
  #member: string | undefined;
  #isValue = false;
  #escape = '';

  constructor(name: string) {
    this.#name = name;
  }

  push(chunk: string): string {
    let text = '';
    for (const character of chunk) {
      text += this.#open === undefined ? this.#outside(character) : this.#inside(character);
    }
    return text;
  }

  #outside(character: string): string {
    if (character === '"') this.#open = '';
    else if (character === '{' || character === '[') this.#depth += 1;
    else if (character === '}' || character === ']') this.#depth -= 1;
    if (this.#depth === 1 && character === ':') this.#isValue = true;
    else if (this.#depth === 1 && character === ',') this.#isValue = false;
    return '';
  }

  #inside(character: string): string {
    if (this.#escape === '' && character === '"') {
      if (this.#depth === 1 && !this.#isValue) this.#member = this.#open;
      this.#open = undefined;
      return '';
    }
    const decoded = this.#decode(character);
    this.#open = `${this.#open ?? ''}${this.#isWanted() ? '' : decoded}`;
    return this.#isWanted() ? decoded : '';
  }

  #isWanted(): boolean {
    return this.#depth === 1 && this.#isValue && this.#member === this.#name;
  }

  /** An escape says nothing until it is whole. */
  #decode(character: string): string {
    if (this.#escape === '' && character !== '\\') return character;
    this.#escape += character;
    if (this.#escape.length < (this.#escape.startsWith('\\u') ? 6 : 2)) return '';
    const escape = this.#escape;
    this.#escape = '';
    try {
      return JSON.parse(`"${escape}"`) as string;
    } catch {
      return '';
    }
  }
}
