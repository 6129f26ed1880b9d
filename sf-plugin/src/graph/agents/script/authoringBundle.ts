/** What stands beside a script in its bundle. */
export interface AuthoringBundle {
  /** The folder name, which is the API name of the bundle. */
  readonly name: string;
  /** `target` of the bundle's metadata file (`Bot.v2`); absent for a draft. */
  readonly target?: string | undefined;
}
