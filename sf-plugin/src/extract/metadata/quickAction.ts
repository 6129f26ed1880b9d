import type { Place } from '@agent-readiness/protocol';
import { children, isTrue, textOf, type Element } from '../xml/xml.ts';
import { apiNameOf, parseRoot, requiredText } from './metadataFile.ts';

/** A quick action: its type says what it does, the layout and the overrides which fields it writes. */
export interface QuickActionFacts {
  /** `Object.Action`, or `Action` for a global one. */
  readonly name: string;
  readonly place: Place;
  /** As the metadata spells it: `Create`, `Update`, `LogACall`, `SendEmail`, `Flow`, … */
  readonly type: string;
  /** The object created; for an update the object that stands before the dot in the name. */
  readonly targetObject: string | undefined;
  /** Field API names, sorted: those on the layout and those preset by the action. */
  readonly fields: readonly string[];
  readonly flow: string | undefined;
  /** A successful run posts to the feed as well. */
  readonly createsFeedItem: boolean;
}

/** @throws UnreadableError when the file is not a quick action, or does not say its type */
export function parseQuickAction(file: string, text: string): QuickActionFacts {
  const root = parseRoot(file, text, 'QuickAction');
  const name = apiNameOf(file);
  const dot = name.indexOf('.');
  return {
    name,
    place: root.place,
    type: requiredText(root, 'type'),
    targetObject: textOf(root, 'targetObject') ?? (dot === -1 ? undefined : name.slice(0, dot)),
    fields: [...new Set([...layoutFields(root), ...presetFields(root)])].sort(),
    flow: textOf(root, 'flowDefinition'),
    createsFeedItem: isTrue(root, 'optionsCreateFeedItem'),
  };
}

function layoutFields(root: Element): string[] {
  return children(root, 'quickActionLayout')
    .flatMap((layout) => children(layout, 'quickActionLayoutColumns'))
    .flatMap((column) => children(column, 'quickActionLayoutItems'))
    .flatMap((item) => textOf(item, 'field') ?? []);
}

function presetFields(root: Element): string[] {
  return children(root, 'fieldOverrides').map((override) => requiredText(override, 'field'));
}
