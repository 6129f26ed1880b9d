import { textOf, type Element } from '../xml/xml.ts';

/** The names that a topic or an action has in metadata; each may be missing. */
export interface Names {
  /** May end in an id of the org it was retrieved from (`Cancel_Order_179fj000001YNBJ`), as `developerName` may. */
  readonly fullName: string | undefined;
  readonly developerName: string | undefined;
  /** Without an org's id: the same in every org. */
  readonly localDeveloperName: string | undefined;
  readonly label: string | undefined;
  /** The template or library component this one was copied from. */
  readonly source: string | undefined;
}

export function readNames(element: Element): Names {
  return {
    fullName: textOf(element, 'fullName'),
    developerName: textOf(element, 'developerName') ?? textOf(element, 'name'),
    localDeveloperName: textOf(element, 'localDeveloperName'),
    label: textOf(element, 'masterLabel'),
    source: textOf(element, 'source'),
  };
}

/** Key prefixes of topics and functions, then a 15- or 18-character record id's remainder. */
const orgId = /_(?:16j|179)[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?$/;

/** A name as it is in every org. */
export function withoutOrgId(name: string): string {
  return name.replace(orgId, '');
}

/** The name to report: the same in every org and after every retrieve. `undefined` where there is none at all. */
export function stableName(names: Names): string | undefined {
  const own = names.developerName ?? names.fullName;
  return names.localDeveloperName ?? (own === undefined ? names.label : withoutOrgId(own));
}

/** Every name by which something may refer to the component. */
export function allNames(names: Names): string[] {
  const { fullName, developerName, localDeveloperName, label, source } = names;
  return [fullName, developerName, localDeveloperName, label, source].filter((name) => name !== undefined);
}
