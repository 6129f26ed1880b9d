import type { Transaction } from 'kysely';
import { commitmentOf, type AuditEvent } from '@agent-readiness/protocol/handoff';
import { leafHash, type Hash } from '@agent-readiness/protocol/log';
import {
  appendLeaves,
  proveConsistency,
  proveInclusion,
  rootAt,
  rootOfFrontier,
  type NodeReader,
} from '../../domain/audit/merkleTree.ts';
import type { AuditEntry, AuditLog, TreeHead } from '../../ports/audit.ts';
import type { Random } from '../../ports/clock.ts';
import type { Row, Tables } from './tables.ts';

/** The log of one transaction; `flush` writes what was appended and is the transaction's last statement. */
export function createSqlAudit(
  db: Transaction<Tables>,
  random: Random,
): AuditLog & { readonly flush: () => Promise<void> } {
  const pending: AuditEvent[] = [];
  const entries = db.selectFrom('audit_entry').select(['position', 'event', 'salt']);
  const read: NodeReader = (nodes) => readNodes(db, nodes);

  return {
    append(...events) {
      pending.push(...events);
    },
    async prove(txn, contentSha256) {
      const row = await db
        .selectFrom(['audit_entry', 'audit_head'])
        .select(['position', 'event', 'salt', 'size', 'frontier'])
        .where('txn', '=', txn)
        .where('content_sha256', '=', contentSha256)
        .orderBy('position', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const proof = await proveInclusion(row.position, row.size, read);
      return { entry: toEntry(row), head: toHead(row), proof };
    },
    async head() {
      return toHead(await headOf(db).executeTakeFirstOrThrow());
    },
    async entries(from, limit) {
      const rows = await entries.where('position', '>=', from).orderBy('position').limit(limit).execute();
      return rows.map(toEntry);
    },
    async entriesOf(txn) {
      return (await entries.where('txn', '=', txn).orderBy('position').execute()).map(toEntry);
    },
    inclusionProof: (index, size) => proveInclusion(index, size, read),
    consistencyProof: (oldSize, size) => proveConsistency(oldSize, size, read),
    rootOf: (size) => rootAt(size, read),
    async flush() {
      if (pending.length > 0) await write(db, pending, random);
    },
  };
}

async function write(db: Transaction<Tables>, events: readonly AuditEvent[], random: Random): Promise<void> {
  // Every append waits here for the one before it: positions have no gaps, and no two are the same.
  const { size, frontier } = await headOf(db).forUpdate().executeTakeFirstOrThrow();
  const rows = events.map((event, offset) => ({ position: size + offset, event, salt: random.bytes(32) }));
  const leaves = rows.map(({ event, salt }) => leafHash(commitmentOf(event, toHex(salt))));
  const grown = appendLeaves(size, split(frontier), leaves);
  // One statement, because everybody who appends waits for it.
  await db
    .with('entry', (insert) =>
      insert.insertInto('audit_entry').values(
        rows.map(({ position, event, salt }) => ({
          position,
          txn: event.txn,
          content_sha256: event.content_sha256,
          event: JSON.stringify(event),
          salt,
        })),
      ),
    )
    .with('node', (insert) => insert.insertInto('audit_node').values([...grown.nodes]))
    .updateTable('audit_head')
    .set({ size: size + events.length, frontier: join(grown.frontier) })
    .execute();
}

function headOf(db: Transaction<Tables>) {
  return db.selectFrom('audit_head').select(['size', 'frontier']);
}

async function readNodes(db: Transaction<Tables>, nodes: Parameters<NodeReader>[0]): Promise<readonly Hash[]> {
  if (nodes.length === 0) return [];
  const rows = await db
    .selectFrom('audit_node')
    .selectAll()
    .where((where) => where.or(nodes.map(({ level, position }) => where.and({ level, position }))))
    .execute();
  const byName = new Map(rows.map(({ level, position, hash }) => [`${level}/${position}`, new Uint8Array(hash)]));
  return nodes.flatMap(({ level, position }) => byName.get(`${level}/${position}`) ?? []);
}

function toEntry({ position, event, salt }: Pick<Row<'audit_entry'>, 'position' | 'event' | 'salt'>): AuditEntry {
  return { index: position, event, salt: toHex(salt) };
}

function toHead({ size, frontier }: Pick<Row<'audit_head'>, 'size' | 'frontier'>): TreeHead {
  return { size, root: rootOfFrontier(split(frontier)) };
}

const hashLength = 32;

function split(frontier: Uint8Array): readonly Hash[] {
  const count = frontier.length / hashLength;
  return Array.from(
    { length: count },
    (_, at) => new Uint8Array(frontier.subarray(at * hashLength, (at + 1) * hashLength)),
  );
}

function join(hashes: readonly Hash[]): Uint8Array {
  return Buffer.concat(hashes);
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
