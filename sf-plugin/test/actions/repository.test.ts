import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pathInRepository } from '../../src/actions/repository.ts';

describe('pathInRepository', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'repository-'));
    mkdirSync(join(root, 'sales', 'sfdx', 'force-app'), { recursive: true });
    writeFileSync(join(root, 'sales', 'sfdx', 'sfdx-project.json'), '{}');
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it('names the project from the root of its repository', () => {
    mkdirSync(join(root, '.git'));
    expect(pathInRepository(join(root, 'sales', 'sfdx', 'force-app'))).toBe('sales/sfdx/');
  });

  it('knows work trees and submodules, where .git is a file', () => {
    writeFileSync(join(root, 'sales', '.git'), 'gitdir: elsewhere');
    expect(pathInRepository(join(root, 'sales', 'sfdx'))).toBe('sfdx/');
  });

  it('is empty where project and repository are one', () => {
    mkdirSync(join(root, 'sales', 'sfdx', '.git'));
    expect(pathInRepository(join(root, 'sales', 'sfdx'))).toBe('');
  });

  it('is empty outside a project', () => {
    mkdirSync(join(root, '.git'));
    expect(pathInRepository(join(root, 'sales'))).toBe('');
  });
});
