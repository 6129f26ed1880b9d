import type { Comments } from '../comments/comments.ts';

/** A pull or merge request, as the pipeline that runs for it needs to know it. */
export interface ChangeRequest {
  /** The commit that the checked-out files are compared with. */
  readonly base: string;
  /** The commit whose policy applies: the target branch as it is now. */
  readonly policy: string;
  /** Absent where the pipeline may not, or need not, write any. */
  readonly comments?: Comments;
}

/** A pipeline that cannot be served; it says what to do. */
export class PipelineError extends Error {}
