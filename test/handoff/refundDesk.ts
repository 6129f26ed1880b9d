import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProject, type TestProject } from '@agent-readiness/testkit';
import type { Grant } from '@agent-readiness/protocol/handoff';
import { read, repository } from '../sample/projectFiles.ts';

const source = 'force-app/main/handoff';
const record = `${source}/customMetadata/Handoff_Task.Refund_Review.md-meta.xml`;

/** A project with the kit's Apex and an agent that hands refunds to the bridge. */
export interface RefundDesk extends TestProject {
  /** Writes what the task grants, as an administrator would. */
  grant(grants: readonly Grant[]): void;
}

export function createRefundDesk(grants: readonly Grant[]): RefundDesk {
  const project = createProject();
  cpSync(join(repository, source), join(project.root, source), { recursive: true });
  const write = (path: string, text: string): void => {
    mkdirSync(join(project.root, path, '..'), { recursive: true });
    writeFileSync(join(project.root, path), text);
  };
  const bundles = `${source}/aiAuthoringBundles`;
  write(
    `${bundles}/Refund_Desk/Refund_Desk.agent`,
    read(`${bundles}/Handoff_Desk/Handoff_Desk.agent`)
      .replace('developer_name: "Handoff_Desk"', 'developer_name: "Refund_Desk"')
      .replaceAll('summarise_case', 'review_refund')
      .replaceAll('Case_Summary', 'Refund_Review'),
  );
  write(
    `${bundles}/Refund_Desk/Refund_Desk.bundle-meta.xml`,
    read(`${bundles}/Handoff_Desk/Handoff_Desk.bundle-meta.xml`),
  );
  const desk: RefundDesk = {
    ...project,
    grant: (granted) => {
      const summary = readFileSync(join(repository, record.replace('Refund_Review', 'Case_Summary')), 'utf8');
      write(
        record,
        summary.replace('>[]</value>', () => `>${JSON.stringify(granted)}</value>`),
      );
    },
  };
  desk.grant(grants);
  return desk;
}
