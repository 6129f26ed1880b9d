import type { Place } from '@agent-readiness/protocol';
import { parseRoot } from '../metadata/metadataFile.ts';
import { textOf } from '../xml/xml.ts';

/** The companion of an Agent Script file. */
export interface AuthoringBundleFacts {
  readonly place: Place;
  /** The bot version that the script was published as (`Order_Agent.v2`); absent in a draft. */
  readonly target: string | undefined;
}

/** @throws UnreadableError when the file is not an authoring bundle */
export function parseAuthoringBundle(file: string, text: string): AuthoringBundleFacts {
  const root = parseRoot(file, text, 'AiAuthoringBundle');
  return { place: root.place, target: textOf(root, 'target') };
}
