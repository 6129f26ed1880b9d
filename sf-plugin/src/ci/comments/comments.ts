/** The comments of one pull or merge request that this pipeline itself wrote. */
export interface Comments {
  /** Oldest first, as far as they are asked for. */
  own(): AsyncIterable<Comment>;
  create(body: string): Promise<void>;
  update(id: number, body: string): Promise<void>;
}

export interface Comment {
  readonly id: number;
  readonly body: string;
}

/**
 * Keeps one comment: the one that begins with the mark is written anew, or the first one is made.
 *
 * @throws Error when the host refuses
 */
export async function keepComment(
  comments: Comments,
  mark: string,
  text: string,
): Promise<'created' | 'updated' | 'unchanged'> {
  const body = `${mark}\n${text}`;
  for await (const comment of comments.own()) {
    if (!comment.body.startsWith(mark)) continue;
    // Hosts change the line breaks of what they keep.
    if (plain(comment.body) === plain(body)) return 'unchanged';
    await comments.update(comment.id, body);
    return 'updated';
  }
  await comments.create(body);
  return 'created';
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd();
}
