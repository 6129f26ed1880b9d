import { ofType, part } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import type { Sharing } from './summary.ts';
import type { SyntaxNode } from './syntaxTree.ts';

interface Modifiers {
  /** In lower case, without the at sign. */
  readonly annotations: readonly string[];
  readonly sharing: Sharing | undefined;
  readonly isStatic: true | undefined;
  readonly isFinal: true | undefined;
  readonly isAbstract: true | undefined;
  readonly isVirtual: true | undefined;
  readonly isTest: true | undefined;
}

const sharings: Readonly<Record<string, Sharing>> = {
  with_sharing: 'with',
  without_sharing: 'without',
  inherited_sharing: 'inherited',
};

export function modifiersOf(node: SyntaxNode, lowering: Lowering): Modifiers {
  const written = ofType(node, 'modifiers')?.children ?? [];
  const words = new Set(written.filter(({ type }) => type === 'modifier').map((each) => each.children[0]?.type));
  const annotations = written
    .filter(({ type }) => type === 'annotation')
    .map((each) => lowering.text(part(each, 'name') ?? each).toLowerCase());
  const has = (word: string): true | undefined => words.has(word) || undefined;
  const sharing = [...words].map((word) => sharings[word ?? '']).find((each) => each !== undefined);
  return {
    annotations,
    sharing,
    isStatic: has('static') ?? has('webservice'),
    isFinal: has('final'),
    isAbstract: has('abstract'),
    isVirtual: has('virtual'),
    isTest: annotations.includes('istest') || has('testMethod'),
  };
}
