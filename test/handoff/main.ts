/** One handoff with both surfaces, in words: node --conditions=source test/handoff/main.ts (npm run demo runs it) */
import { must } from '../../bridge-service/test/support/must.ts';
import { logVerifierKey } from '../../bridge-service/test/support/parties.ts';
import type { Problem, Verdict } from './orgSide.ts';
import { startStage } from './stage.ts';

const say = (text = ''): void => {
  process.stdout.write(`${text}\n`);
};

function settled(answer: Verdict | Problem): Verdict {
  if ('code' in answer) throw new Error(`the bridge said ${answer.code} ${answer.reason ?? ''}`);
  return answer;
}

const stage = await startStage();
try {
  const { org, claude, orgSide } = stage;
  const caseId = org.table('Case').insert({
    Subject: 'Lamp arrived broken',
    Description: 'My name is Maria Lopez, maria.lopez@example.com. The foot of the lamp is cracked.',
    Status: 'New',
  });
  const statusOf = (): string => String(must(org.table('Case').get(caseId))['Status']);

  say('A fake org, a fake Claude API and a real bridge on this machine. No key, no network.');
  say();
  const offered = await orgSide.offer(caseId);
  const { txn, owner, act } = offered.offer.claims;
  say(`org     offers case ${caseId} to the bridge, signed; owner: ${owner.person}; agent: ${act.sub}`);
  const first = settled(await orgSide.handOff(offered));
  say(`bridge  takes custody; owner: ${must(first.accept).claims.owner.person}`);
  const shown = claude.asked.map(({ raw }) => raw).join('');
  say(`claude  sees tokens, no names: "Maria Lopez" ${shown.includes('Maria') ? 'LEAKED' : 'never left the bridge'}`);
  const asked = must(first.result);
  say(`bridge  asks for a person (${first.said?.reason ?? ''}); the case is still "${statusOf()}"`);
  const final = settled(await orgSide.decide(offered.offer, asked));
  const result = must(final.result);
  say(`person  approves plan ${must(asked.claims.plan_sha256).slice(0, 16)}…`);
  for (const { operation, object, record_id = '', status } of result.claims.effects) {
    say(`bridge  ${operation} ${object} ${record_id}: ${status}`);
  }
  say(`org     the case is "${statusOf()}"`);
  if ((await orgSide.close(result, 'applied')) !== 204) throw new Error('the bridge did not take the close');
  say(`org     takes custody back; owner: ${owner.person}`);

  const { log, cost_usd_micros, disposition } = result.claims;
  const [origin, size, root] = log.checkpoint.split('\n');
  say();
  say('The receipt, as the org has verified and kept it:');
  say(`  handoff      ${txn}`);
  say(`  disposition  ${disposition}, cost ${(cost_usd_micros / 1_000_000).toFixed(6)} US dollars`);
  say(`  signatures   ${orgSide.kindsOf(txn).join(' → ')}: each follows the one before`);
  say(`  log          entry ${log.index} is in the tree of ${size ?? ''} entries, root ${root ?? ''}`);
  say(`  log key      ${logVerifierKey} (${origin ?? ''})`);
  say();
  say('Where to look: docs/bridge.md how a handoff flows, docs/protocol.md what is signed, docs/errors.md every code.');
} finally {
  await stage.stop();
}
