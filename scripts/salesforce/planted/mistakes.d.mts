export interface Mistake {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly caught: string | null;
}
export const mistakes: readonly Mistake[];
