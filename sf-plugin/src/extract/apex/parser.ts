import { Language, Parser } from 'web-tree-sitter';
import { copyTree, NodeTypes } from './syntaxTree.ts';
import type { SyntaxTree } from './syntaxTree.ts';

/** Parses Apex. Never fails: what it cannot read it skips, and says where. */
export interface ApexParser {
  parse(text: string): SyntaxTree;
}

/** A loaded grammar stays in memory for good, so a process that checks more than once loads it once. */
const loaded = new Map<string, Promise<ApexParser>>();

/**
 * Loads the grammar. The one asynchronous step: afterwards parsing is synchronous.
 *
 * @param wasmPath the grammar that scripts/buildGrammar.mjs compiles
 */
export function createApexParser(wasmPath: string): Promise<ApexParser> {
  const parser = loaded.get(wasmPath) ?? load(wasmPath);
  loaded.set(wasmPath, parser);
  return parser;
}

async function load(wasmPath: string): Promise<ApexParser> {
  await Parser.init();
  const language = await Language.load(wasmPath);
  const nodeTypes = new NodeTypes(language);
  const parser = new Parser().setLanguage(language);
  return {
    parse: (text) => {
      const tree = parser.parse(text);
      // Only a time limit or a cancellation, neither of which we set, leaves no tree.
      if (!tree) throw new Error('the Apex parser gave no tree');
      try {
        return copyTree(tree, nodeTypes);
      } finally {
        tree.delete();
      }
    },
  };
}
