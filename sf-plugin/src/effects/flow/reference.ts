/** A reference such as `Get_Account.Owner.Email` or `Contacts[$EachItem].Id`, taken apart. */
export interface Reference {
  /** The resource, in lower case: the platform compares names without regard to case. */
  readonly root: string;
  /** The way into it without item markers, as written; empty for the resource itself. */
  readonly member: string;
  readonly eachItem: boolean;
}

export function parseReference(path: string): Reference {
  const plain = path.replace(/\[[^\]]*\]/g, '');
  const dot = plain.indexOf('.');
  const root = (dot === -1 ? plain : plain.slice(0, dot)).trim().toLowerCase();
  return { root, member: dot === -1 ? '' : plain.slice(dot + 1), eachItem: plain.length < path.length };
}

/** Whether a reference is the Id of a record of business data, as against a text that may hold anything. */
export function namesRecordId(path: string): boolean {
  return /\.id$/i.test(path) && (!path.startsWith('$') || /^\$record(?:__prior)?\./i.test(path));
}
