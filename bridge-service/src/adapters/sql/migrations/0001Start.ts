import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Runs in one transaction, as PostgreSQL allows; there is no way back but a backup. */
export const start: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

/** `text collate "C"` compares bytes: the same order on every machine. */
const statements = [
  `create table handoff (
    org text not null, txn text not null,
    state text not null, fence integer not null,
    lease_holder text, lease_until bigint not null,
    content_sha256 text not null, key_id text not null,
    created bigint not null, deadline bigint not null,
    facts jsonb not null, sealed bytea not null,
    primary key (org, txn))`,
  `create index handoff_state on handoff (state)`,
  `create table handoff_object (
    sequence bigint generated always as identity primary key,
    sha256 text not null unique,
    org text not null, txn text not null,
    kind text not null, sealed bytea not null, prev text)`,
  `create index handoff_object_handoff on handoff_object (org, txn)`,
  `create table seen_jti (
    org text not null, jti text not null,
    sha256 text not null, txn text not null, expires bigint not null,
    primary key (org, jti))`,
  `create table used_plan (plan_sha256 text primary key, org text not null, txn text not null)`,
  `create table model_answer (
    org text not null, txn text not null, question integer not null,
    request_sha256 text not null, sealed bytea not null,
    primary key (org, txn, question))`,
  `create table audit_entry (
    position bigint primary key,
    txn text not null, content_sha256 text not null,
    event jsonb not null, salt bytea not null)`,
  `create index audit_entry_txn on audit_entry (txn)`,
  `create table audit_node (
    level integer not null, position bigint not null, hash bytea not null,
    primary key (level, position))`,
  `create table audit_head (id integer primary key check (id = 1), size bigint not null, frontier bytea not null)`,
  `insert into audit_head (id, size, frontier) values (1, 0, '')`,
  `create table budget (
    name text collate "C" primary key,
    limit_micros bigint not null,
    spent_micros bigint not null check (spent_micros >= 0),
    reserved_micros bigint not null check (reserved_micros >= 0))`,
  `create table budget_reservation (
    id text primary key, amount_micros bigint not null, names jsonb not null,
    expires bigint not null, settled boolean not null)`,
  `create index budget_reservation_open on budget_reservation (expires) where not settled`,
  `create table kill_order (
    kind text not null, name text not null,
    ordered_by text not null, reason text not null, at bigint not null,
    primary key (kind, name))`,
  `create table data_key (
    id text primary key, org text not null, subject text not null, conversation text not null, wrapped bytea)`,
  `create unique index data_key_current on data_key (org, subject, conversation) where wrapped is not null`,
  `create table vault_entry (
    key_id text not null, token text not null, type text not null,
    sealed bytea not null, expires bigint not null,
    primary key (key_id, token))`,
  `create index vault_entry_expires on vault_entry (expires)`,
  // What was logged stays: no statement of the bridge, and none of its bugs, can change or remove an entry.
  `create function refuse_change() returns trigger language plpgsql as
    $$ begin raise exception 'the audit log is append-only'; end $$`,
  `create trigger audit_entry_append_only before update or delete on audit_entry
    for each row execute function refuse_change()`,
  `create trigger audit_node_append_only before update or delete on audit_node
    for each row execute function refuse_change()`,
  `create trigger audit_entry_no_truncate before truncate on audit_entry
    for each statement execute function refuse_change()`,
];
