/** Reads the text of a project file. The one door to the file system for every extractor. */
export interface SourceReader {
  /**
   * The text of a file, decoded as UTF-8 without its byte order mark; `undefined` if there is none.
   *
   * @param path relative to the project root, with forward slashes
   * @throws UnreadableError when the file exists and cannot be read
   */
  read(path: string): string | undefined;
}
