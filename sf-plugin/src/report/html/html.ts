import type { Report } from '@agent-readiness/protocol';
import { printable } from '../printable.ts';
import type { FormatContext } from '../reportFormat.ts';
import { count } from '../words.ts';
import { actionsSection } from './actionsSection.ts';
import { answerSection } from './answerSection.ts';
import { coverageSection } from './coverageSection.ts';
import { packEvidence, type Evidence } from './evidence.ts';
import { findingsSection } from './findingsSection.ts';
import { sprite } from './icons.ts';
import { legend } from './legend.ts';
import { mapSection } from './map/mapSection.ts';
import { html, jsonData, nothing, ownCode, when, type Markup } from './markup.ts';
import { masthead, pageTitle } from './masthead.ts';
import { pageScript, pageScriptHash, pageStyle, pageStyleHash } from './page.ts';
import { agentViews, type AgentView } from './view.ts';

/** A page that is mailed, attached and opened from disk. */
const maxBytes = 2_000_000;

/** Nothing is loaded, and only the script and the style of this version run. */
const policy = [
  `default-src 'none'`,
  `script-src 'sha256-${pageScriptHash}'`,
  `style-src 'sha256-${pageStyleHash}'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `require-trusted-types-for 'script'`,
].join('; ');

/** The report as one page without a server: the answer, the map, and the path to every effect. */
export function toHtml(untrusted: Report, context: FormatContext): string {
  const report = printable(untrusted);
  const { agents, body, leftOut } = fittingBody(report, context);
  const head = masthead(
    report,
    agents.map(({ answer }) => answer),
  );
  const effects = agents.flatMap(({ acting }) => acting.flatMap((action) => action.effects));
  const evidence = packEvidence(effects, context.quote, maxBytes - Buffer.byteLength(body.markup) - reserve);
  return `<!doctype html>\n${page(report, html`${head}${notes(evidence, leftOut)}${body}`, evidence, context.toolVersion).markup}\n`;
}

/** For head, style, script and notes. */
const reserve = 60_000;

/** The least that is kept for paths, however many actions there are. */
const evidenceShare = 0.15;

/** No page holds more, whatever they do. */
const mostActions = 1_200;

interface Body {
  readonly agents: readonly AgentView[];
  readonly body: Markup;
  /** Actions that change something and did not fit. */
  readonly leftOut: number;
}

/** The sections with as many actions of each agent and findings of each rule as fit, the worst first. */
function fittingBody(report: Report, context: FormatContext): Body {
  const all = agentViews(report);
  const total = Math.max(report.findings.length, ...all.map(({ acting }) => acting.length));
  const room = maxBytes * (1 - evidenceShare) - reserve;
  for (let limit = Math.min(total, mostActions); ; limit = Math.floor(limit * 0.7)) {
    const agents = all.map((agent) => ({ ...agent, acting: agent.acting.slice(0, limit) }));
    const body = sections(report, agents, context, limit);
    if (limit === 0 || Buffer.byteLength(body.markup) <= room) {
      const shown = agents.reduce((sum, { acting }) => sum + acting.length, 0);
      return { agents, body, leftOut: all.reduce((sum, { acting }) => sum + acting.length, 0) - shown };
    }
  }
}

function sections(report: Report, agents: readonly AgentView[], { rules }: FormatContext, limit: number): Markup {
  return html`${answerSection(agents, report.coverage.filesFailed.length > 0)} ${mapSection(agents)}
  ${findingsSection(report.findings, agents, rules, limit)} ${actionsSection(agents)}
  ${coverageSection(report.coverage)} ${legend()}`;
}

/** What the page leaves out, said where it cannot be missed. */
function notes({ withoutPath, withoutLines }: Evidence, leftOut: number): Markup {
  const lines = [
    ...(leftOut > 0 ? [`${count(leftOut, 'action')} left out, the least dangerous ones`] : []),
    ...(withoutPath > 0 ? [`${count(withoutPath, 'effect')} without a path`] : []),
    ...(withoutLines > 0 ? [`${count(withoutLines, 'effect')} without source lines`] : []),
  ];
  if (lines.length === 0) return nothing;
  return html`<p class="card note" role="note">
    This project is too large for one page: ${lines.join(', ')}. The JSON report has everything;
    <code>sf readiness explain</code> shows any path.
  </p>`;
}

function page(report: Report, body: Markup, evidence: Evidence, version: string): Markup {
  const { files, labels, lines, hops, paths } = evidence;
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content="${policy}" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="no-referrer" />
      <title>${pageTitle(report)}</title>
      ${ownCode('style', pageStyle)}
    </head>
    <body>
      <a class="skip" href="#answer">Skip to the answer</a>
      ${sprite()} ${navigation(report)}
      <main>${body}</main>
      <footer class="quiet">
        Made by agent-readiness ${version} from the source of the project; no org was asked. Its source lines may be
        confidential; what looks like a secret in them is masked.
      </footer>
      ${jsonData('evidence', { files, labels, lines, hops, paths })} ${ownCode('script', pageScript)}
    </body>
  </html>`;
}

function navigation({ agents }: Report): Markup {
  const changes = agents.some(({ actions }) =>
    actions.some(({ reachable, effects }) => reachable && effects.length > 0),
  );
  return html`<nav aria-label="Sections">
    <ul>
      <li><a href="#answer">Answer</a></li>
      ${when(changes, () => html`<li><a href="#map">Map</a></li>`)}
      <li><a href="#findings">Findings</a></li>
      <li><a href="#actions">Actions</a></li>
      <li><a href="#not-seen">Not seen</a></li>
      <li><a href="#legend">How to read</a></li>
    </ul>
  </nav>`;
}
