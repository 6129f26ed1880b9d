import type { AuditEvent } from '@agent-readiness/protocol/handoff';
import { verifyExport } from '../../../src/cli/verifyExport.ts';
import type { BridgeProcess } from '../../process/bridgeProcess.ts';
import { logVerifierKey } from '../../support/parties.ts';
import type { Bill } from './bill.ts';
import type { Findings } from './findings.ts';
import type { Custody, OrgDesk } from './orgDesk.ts';
import { ask, type Stage } from './stage.ts';

/** Everything that must hold once all is over, whatever happened on the way. */
export interface Case {
  readonly stage: Stage;
  readonly desk: OrgDesk;
  readonly bill: Bill;
  readonly findings: Findings;
  /** Checkpoints that somebody was shown on the way. */
  readonly checkpoints: readonly string[];
}

/** Judges a bridge, ends it, and judges what it left behind. */
export async function judgeAndStop(all: Case, bridge: BridgeProcess): Promise<void> {
  await judgeBridge(all, bridge);
  await bridge.stop();
  await judgeLedger(all);
  all.findings.figures['handoffs'] = all.desk.custodies.length;
}

/** Judges what a bridge that still runs tells: outcomes, writes, the log and what was charged. */
export async function judgeBridge(all: Case, bridge: BridgeProcess): Promise<void> {
  const { desk, findings, checkpoints } = all;
  const text = await (await ask(bridge, '/v1/audit/export')).text();
  for (const older of [undefined, ...checkpoints]) {
    const verdict = await verifyExport(text, logVerifierKey, older);
    findings.require(verdict.ok, `the log is one with each checkpoint: ${verdict.ok ? '' : verdict.problem}`);
  }
  findings.figures['checkpoints compared'] = checkpoints.length + 1;
  const events = eventsByTxn(text);
  findings.figures['log entries'] = [...events.values()].reduce((sum, each) => sum + each.length, 0);
  for (const custody of desk.custodies) judgeCustody(all, custody, events.get(custody.txn) ?? []);
}

function eventsByTxn(text: string): ReadonlyMap<string, readonly string[]> {
  const byTxn = new Map<string, string[]>();
  for (const line of text.trimEnd().split('\n').slice(0, -1)) {
    const { event } = JSON.parse(line) as { event: AuditEvent };
    byTxn.set(event.txn, [...(byTxn.get(event.txn) ?? []), event.event]);
  }
  return byTxn;
}

function judgeCustody({ stage, desk, bill, findings }: Case, custody: Custody, events: readonly string[]): void {
  const { final, txn, task } = custody;
  const times = (name: string): number => events.filter((event) => event === name).length;
  if (final === undefined) {
    findings.require(false, `every handoff ends: ${txn} (${task}) has ${events.at(-1) ?? 'no event'}`);
    return;
  }
  const rows = stage.org.table('Handoff_Effect__c').all.filter(({ Txn__c }) => Txn__c === txn).length;
  if (final.kind === 'refuse') {
    findings.count(`refused ${final.claims.reason}`);
    findings.require(rows === 0 && bill.of(custody.caseId) === 0, `${txn}: what was refused costs and changes nothing`);
    return;
  }
  const { disposition, cost_usd_micros: cost } = final.claims;
  findings.count(disposition);
  findings.require(custody.ends.size === 1, `${txn}: one end, however it is told: ${[...custody.ends].join(', ')}`);
  findings.require(times('authorise.accepted') === 1, `${txn}: custody is taken once`);
  findings.require(rows === 0 || rows === 2, `${txn}: no half of a plan, no plan twice (${String(rows)} of 2 rows)`);
  findings.require(rows === 0 || desk.approved.has(txn), `${txn}: no write without an approval`);
  findings.require(rows === 0 || times('act.dispatched') === 1, `${txn}: no write without its event`);
  const shouldWrite = disposition === 'executed' && task === 'refund-review';
  if (shouldWrite) findings.require(rows === 2, `${txn}: what is told as done was done`);
  // What nobody knows is told as such: then, and only then, may a write stand beside another word than done.
  const unknown = disposition === 'errored' && times('act.unconfirmed') === 1;
  if (!shouldWrite && !unknown) findings.require(rows === 0, `${txn}: ${disposition} has written`);
  findings.require(
    bill.of(custody.caseId) <= cost,
    `${txn}: charged ${String(bill.of(custody.caseId))}, told ${String(cost)}`,
  );
  findings.require(cost <= custody.maxCostUsdMicros, `${txn}: costs more than the handoff may`);
  findings.require(
    events.at(-1) === 'answer.signed' || times('answer.signed') >= 1,
    `${txn}: its answer is in the log`,
  );
}

/** Judges the ledger; no bridge has the store open. */
export async function judgeLedger({ stage, desk, bill, findings }: Case): Promise<void> {
  const database = await stage.openStore();
  try {
    const rows = await database.db.selectFrom('budget').selectAll().orderBy('name').execute();
    const open = await database.db.selectFrom('budget_reservation').select('id').where('settled', '=', false).execute();
    findings.require(open.length === 0, `no reservation is left: ${String(open.length)}`);
    for (const { name, limit_micros, spent_micros, reserved_micros } of rows) {
      findings.require(reserved_micros === 0, `nothing stays reserved: ${name} ${String(reserved_micros)}`);
      findings.require(spent_micros <= limit_micros, `no budget is exceeded: ${name}`);
    }
    const told = desk.custodies.reduce(
      (sum, { final }) => sum + (final?.kind === 'result' ? final.claims.cost_usd_micros : 0),
      0,
    );
    const spent = rows
      .filter(({ name }) => /^all:\d{4}-\d\d$/.test(name))
      .reduce((sum, each) => sum + each.spent_micros, 0);
    findings.require(spent === told, `the ledger says what the receipts say: ${String(spent)}, ${String(told)}`);
    findings.require(bill.total() <= spent, `nothing is charged that is not in the ledger`);
    findings.figures['charged USD'] = bill.total() / 1e6;
    findings.figures['spent USD'] = spent / 1e6;
  } finally {
    await database.close();
  }
}
