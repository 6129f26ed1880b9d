import { isMap, isNode, isScalar, parseDocument, type Document } from 'yaml';
import type { Place } from '@agent-readiness/protocol';
import { LineIndex } from '../text/lineIndex.ts';

/** Keys and positions from the root of a document to a value in it. */
export type YamlPath = readonly PropertyKey[];

/** A YAML document as plain values, with the place of each. */
export interface LocatedYaml {
  /** `undefined` where there are errors. */
  readonly value: unknown;
  /** Every violation of the syntax. */
  readonly errors: readonly YamlError[];
  /** Of the value, or of the nearest one around it that is written down. */
  placeOf(path: YamlPath): Place;
  /** Of the last key of the path. */
  placeOfKey(path: YamlPath): Place;
}

export interface YamlError {
  readonly place: Place;
  readonly message: string;
}

/** References that repeat a value more often than a person would write them are an attack. */
const maxAliasCount = 100;

/** Reads one YAML 1.2 document, in which no key may stand twice. */
export function parseYaml(file: string, text: string): LocatedYaml {
  const lines = new LineIndex(file, text);
  const broken = (errors: readonly YamlError[]): LocatedYaml => ({
    value: undefined,
    errors,
    placeOf: () => lines.place(0),
    placeOfKey: () => lines.place(0),
  });
  try {
    const document = parseDocument(text, { prettyErrors: false });
    const errors = document.errors.map(({ pos, message }) => ({ place: lines.place(pos[0]), message }));
    return errors.length > 0 ? broken(errors) : located(document, document.toJS({ maxAliasCount }), lines);
  } catch (error) {
    // Nested too deeply, or an alias that leads nowhere or is used too often.
    return broken([{ place: lines.place(0), message: error instanceof Error ? error.message : 'is no YAML' }]);
  }
}

function located(document: Document, value: unknown, lines: LineIndex): LocatedYaml {
  const start = (node: unknown): Place | undefined =>
    isNode(node) && node.range ? lines.place(node.range[0]) : undefined;
  const placeOf = (path: YamlPath): Place => {
    for (let length = path.length; length > 0; length -= 1) {
      const found = start(document.getIn(path.slice(0, length), true));
      if (found) return found;
    }
    return start(document.contents) ?? lines.place(0);
  };
  return {
    value,
    errors: [],
    placeOf,
    placeOfKey(path) {
      const key = path.at(-1);
      const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
      const pair = isMap(parent)
        ? parent.items.find((each) => isScalar(each.key) && each.key.value === key)
        : undefined;
      return start(pair?.key) ?? placeOf(path);
    },
  };
}
