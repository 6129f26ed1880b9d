import type { XmlElement } from '@rgrove/parse-xml';
import { children, childText } from '../xml.ts';

export interface Member {
  readonly type: string;
  readonly fullName: string;
}

/** The members of a `Package`, or of anything with `types` as it has them. */
export function membersOf(parent: XmlElement): readonly Member[] {
  return children(parent, 'types').flatMap((types) => {
    const type = childText(types, 'name') ?? '';
    return children(types, 'members').map(({ text }) => ({ type, fullName: text.trim() }));
  });
}
