import { resolve } from 'node:path';
import type { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import type { GateOptions } from './gate.ts';

/** The flags of what a project has laid down: policy, manifest and baseline. A default would count as given. */
export function gateFlags(messages: Messages<string>) {
  const summary = (flag: string): string => messages.getMessage(`flags.${flag}.summary`);
  return {
    config: Flags.string({ char: 'c', summary: summary('config') }),
    'config-ref': Flags.string({
      summary: summary('config-ref'),
      description: messages.getMessage('flags.config-ref.description'),
    }),
    manifest: Flags.string({ char: 'm', summary: summary('manifest') }),
    locked: Flags.boolean({ summary: summary('locked'), exclusive: ['write-manifest'] }),
    'verify-with': Flags.string({ summary: summary('verify-with'), dependsOn: ['locked'] }),
    // A manifest or baseline of some agents would silently forget the others.
    'write-manifest': Flags.boolean({ summary: summary('write-manifest'), exclusive: ['agent'] }),
    'sign-with': Flags.string({
      summary: summary('sign-with'),
      description: messages.getMessage('flags.sign-with.description'),
      dependsOn: ['write-manifest'],
    }),
    baseline: Flags.string({ summary: summary('baseline') }),
    'write-baseline': Flags.boolean({
      summary: summary('write-baseline'),
      description: messages.getMessage('flags.write-baseline.description'),
      dependsOn: ['baseline'],
      exclusive: ['agent'],
    }),
    'baseline-owner': Flags.string({ summary: summary('baseline-owner'), dependsOn: ['write-baseline'] }),
  };
}

interface GateFlagValues {
  readonly config: string | undefined;
  readonly 'config-ref': string | undefined;
  readonly manifest: string | undefined;
  readonly locked: boolean | undefined;
  readonly 'verify-with': string | undefined;
  readonly 'write-manifest': boolean | undefined;
  readonly 'sign-with': string | undefined;
  readonly baseline: string | undefined;
  readonly 'write-baseline': boolean | undefined;
  readonly 'baseline-owner': string | undefined;
}

type ValuesOfGateFlags = Omit<
  GateOptions,
  'sourceDirs' | 'agents' | 'allVersions' | 'failOn' | 'mayBeEmpty' | 'owners' | 'ruleOptions'
>;

/** What the flags mean; paths are relative to the current folder. */
export function gateOptions(flags: GateFlagValues): ValuesOfGateFlags {
  const paths = {
    config: flags.config,
    manifest: flags.manifest,
    verifyWith: flags['verify-with'],
    signWith: flags['sign-with'],
    baseline: flags.baseline,
  };
  return {
    locked: flags.locked ?? false,
    writeManifest: flags['write-manifest'] ?? false,
    writeBaseline: flags['write-baseline'] ?? false,
    ...given({ configRef: flags['config-ref'], baselineOwner: flags['baseline-owner'] }),
    ...given(Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, path && resolve(path)]))),
  };
}

/** Without the members that are not there. */
function given(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
