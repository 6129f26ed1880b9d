import type { Language, Tree, TreeCursor } from 'web-tree-sitter';

/** A syntax node as a plain object: `start` and `end` are UTF-16 offsets, `field` is its role in the parent. */
export interface SyntaxNode {
  readonly type: string;
  readonly field: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxNode[];
}

/** One parsed file. `errors` are the offsets of what the parser skipped or made up. */
export interface SyntaxTree {
  readonly root: SyntaxNode;
  readonly errors: readonly number[];
}

/** What the grammar knows of its node types and roles, looked up once instead of at every node. */
export class NodeTypes {
  readonly #names: readonly string[];
  readonly #wanted: readonly boolean[];
  readonly #fields: readonly (string | undefined)[];

  constructor(language: Language) {
    const ids = Array.from({ length: language.nodeTypeCount }, (_, id) => id);
    this.#names = ids.map((id) => language.nodeTypeForId(id) ?? '');
    this.#wanted = ids.map((id) => language.nodeTypeIsNamed(id) && !this.name(id).endsWith('_comment'));
    this.#fields = Array.from({ length: language.fieldCount + 1 }, (_, id) => language.fieldNameForId(id) ?? undefined);
  }

  /** The type of a node; the parser gives what it could not read the highest id there is. */
  name(typeId: number): string {
    return this.#names[typeId] ?? 'ERROR';
  }

  isWanted(typeId: number): boolean {
    return this.#wanted[typeId] ?? true;
  }

  field(fieldId: number): string | undefined {
    return this.#fields[fieldId];
  }
}

interface OpenNode extends SyntaxNode {
  readonly children: SyntaxNode[];
}

/**
 * Copies a tree out of the parser's memory. Punctuation and comments are left out: a node without a
 * name is kept only where it has a role, as operators do.
 *
 * The walk keeps its own stack, so that nesting is limited by memory alone.
 */
export function copyTree(tree: Tree, types: NodeTypes): SyntaxTree {
  const cursor = tree.walk();
  const root = open(cursor, types.name(cursor.nodeTypeId), undefined);
  const errors = root.type === 'ERROR' ? [root.start] : [];
  const ancestors: OpenNode[] = [];
  let parent = root;
  let more = cursor.gotoFirstChild();
  while (more) {
    const typeId = cursor.nodeTypeId;
    const type = types.name(typeId);
    if (type === 'ERROR' || cursor.nodeIsMissing) errors.push(cursor.startIndex);
    const field = types.field(cursor.currentFieldId);
    if (field !== undefined || types.isWanted(typeId)) {
      const node = open(cursor, type, field);
      parent.children.push(node);
      if (cursor.gotoFirstChild()) {
        ancestors.push(parent);
        parent = node;
        continue;
      }
    }
    while (!(more = cursor.gotoNextSibling())) {
      const above = ancestors.pop();
      if (!above) break;
      parent = above;
      cursor.gotoParent();
    }
  }
  cursor.delete();
  return { root, errors };
}

function open(cursor: TreeCursor, type: string, field: string | undefined): OpenNode {
  return { type, field, start: cursor.startIndex, end: cursor.endIndex, children: [] };
}
