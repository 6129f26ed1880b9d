import { toHtml } from './html/html.ts';
import { toJson } from './json.ts';
import { toJunit } from './junit/junit.ts';
import { toMarkdown } from './markdown/markdown.ts';
import type { ReportFormat } from './reportFormat.ts';
import { toSarif } from './sarif/sarif.ts';

/** Formats by the extension of the file that is asked for. Help, errors and docs list these. */
export const formats: ReadonlyMap<string, ReportFormat> = new Map<string, ReportFormat>([
  ['.html', toHtml],
  ['.json', toJson],
  ['.md', toMarkdown],
  ['.sarif', toSarif],
  ['.xml', toJunit],
]);
