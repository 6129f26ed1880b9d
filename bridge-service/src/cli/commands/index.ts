import type { Command } from '../command.ts';
import { auditExport } from './auditExport.ts';
import { auditVerify } from './auditVerify.ts';
import { backup } from './backup.ts';
import { doctor } from './doctor.ts';
import { erase } from './erase.ts';
import { evalTask } from './evalTask.ts';
import { exportBridgeSide, exportOrgSide } from './exportParty.ts';
import { keysRotate } from './keysRotate.ts';
import { reconcile } from './reconcile.ts';
import { replay } from './replay.ts';
import { restore } from './restore.ts';
import { start } from './start.ts';
import { taskNew } from './taskNew.ts';

/** The one list of commands: help and documentation follow it. */
export const commands: readonly Command[] = [
  start,
  doctor,
  auditVerify,
  auditExport,
  backup,
  restore,
  keysRotate,
  replay,
  erase,
  exportBridgeSide,
  exportOrgSide,
  reconcile,
  taskNew,
  evalTask,
];
