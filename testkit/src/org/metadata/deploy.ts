import type { OrgState } from '../orgState.ts';
import { children, rootElement, type XmlValue } from '../xml.ts';
import { objectFromMetadata } from './customObject.ts';
import type { Member } from './manifest.ts';
import { componentOf, metadataTypes } from './metadataTypes.ts';
import { findProblems, openPackage, type ComponentProblem, type MetadataPackage } from './package.ts';
import { grantsFromMetadata } from './permissionSet.ts';

export interface DeployOptions {
  /** Validates only: `--dry-run`. */
  readonly checkOnly: boolean;
}

/**
 * Checks a package and, unless it is a validation or has a problem, takes it in: its files can be
 * retrieved, its objects can hold records, its permission sets can be assigned.
 *
 * @returns the id of the job; it is finished
 */
export function deploy(org: OrgState, zip: Uint8Array, { checkOnly }: DeployOptions, userId: string): string {
  const { problems, ...opened } = inspect(zip);
  const success = problems.length === 0;
  if (success && !checkOnly) takeIn(org, opened);
  const id = org.ids.next('0Af');
  const at = org.now().toISOString();
  org.metadata.jobs.set(id, {
    id,
    done: true,
    success,
    status: success ? 'Succeeded' : 'Failed',
    checkOnly,
    createdBy: userId,
    createdDate: at,
    startDate: at,
    completedDate: at,
    lastModifiedDate: at,
    ignoreWarnings: false,
    rollbackOnError: true,
    runTestsEnabled: false,
    numberComponentsTotal: opened.members.length,
    numberComponentsDeployed: success ? opened.members.length : 0,
    numberComponentErrors: problems.length,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    details: {
      componentFailures: problems.map((problem) => ({ ...message(at, false), ...problem, problemType: 'Error' })),
      componentSuccesses: success
        ? opened.members.map((member) => ({ ...message(at, true), ...names(member, opened) }))
        : [],
      runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
    },
  });
  return id;
}

function inspect(zip: Uint8Array): MetadataPackage & { readonly problems: readonly ComponentProblem[] } {
  try {
    const opened = openPackage(zip);
    return { ...opened, problems: findProblems(opened) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const fullName = 'package.xml';
    return { files: {}, members: [], problems: [{ fileName: fullName, fullName, componentType: '', problem }] };
  }
}

function message(createdDate: string, success: boolean): Readonly<Record<string, XmlValue>> {
  return { success, changed: success, created: success, deleted: false, createdDate };
}

function names({ type, fullName }: Member, { files }: MetadataPackage): Readonly<Record<string, XmlValue>> {
  const owner = metadataTypes.find(({ xmlName, parts }) => xmlName === type || parts?.[type] !== undefined);
  const holder = owner?.xmlName === type ? fullName : fullName.split('.')[0];
  const fileName = Object.keys(files).find((path) => {
    const component = componentOf(path);
    return component?.type === owner && component?.fullName === holder;
  });
  return { componentType: type, fullName, fileName: fileName ?? 'package.xml' };
}

/** As a client app gets it from the org, when nobody has chosen one. */
function withConsumerKeys(org: OrgState, files: MetadataPackage['files']): MetadataPackage['files'] {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => {
      const text = new TextDecoder().decode(content);
      const isApp = componentOf(path)?.type.xmlName === 'ExtlClntAppGlobalOauthSettings';
      if (!isApp || text.includes('<consumerKey>')) return [path, content];
      const key = `3MVG9${Buffer.from(org.settings.random(24)).toString('hex')}`;
      return [path, new TextEncoder().encode(text.replace('</label>', `</label><consumerKey>${key}</consumerKey>`))];
    }),
  );
}

function takeIn(org: OrgState, { files }: MetadataPackage): void {
  org.metadata.save(withConsumerKeys(org, files));
  for (const [path, content] of Object.entries(files)) {
    const component = componentOf(path);
    if (component?.type.xmlName === 'CustomObject') {
      const root = rootElement(new TextDecoder().decode(content));
      org.schema.define(objectFromMetadata(component.fullName, root, children(root, 'fields')));
    } else if (component?.type.xmlName === 'PermissionSet') {
      const root = rootElement(new TextDecoder().decode(content));
      org.users.addPermissionSet(component.fullName, grantsFromMetadata(root));
    }
  }
}
