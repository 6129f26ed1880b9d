import { LineIndex } from '../text/lineIndex.ts';
import { UnreadableError } from '../unreadable.ts';
import { positionOf } from './position.ts';
import type { Position } from './position.ts';
import type { SyntaxNode } from './syntaxTree.ts';

/** Deeper code than anyone writes; the recursive walks over a body stay far from the end of the stack. */
const maxDepth = 200;

/** What every step from syntax to summary needs: the text behind a node, its place, and the brake on depth. */
export class Lowering {
  readonly #text: string;
  readonly #lines: LineIndex;
  #depth = 0;

  constructor(file: string, text: string) {
    this.#text = text;
    this.#lines = new LineIndex(file, text);
  }

  text(node: SyntaxNode): string {
    return this.#text.slice(node.start, node.end);
  }

  at(offset: number): Position {
    return positionOf(this.#lines.place(offset));
  }

  /** @throws UnreadableError where `lower` is nested too deeply in itself */
  nested<T>(node: SyntaxNode, lower: () => T): T {
    if (this.#depth >= maxDepth) throw new UnreadableError(this.#lines.place(node.start), 'code is nested too deeply');
    this.#depth += 1;
    try {
      return lower();
    } finally {
      this.#depth -= 1;
    }
  }
}

export function part(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((child) => child.field === field);
}

export function parts(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  return node.children.filter((child) => child.field === field);
}

export function ofType(node: SyntaxNode, type: string): SyntaxNode | undefined {
  return node.children.find((child) => child.type === type);
}
