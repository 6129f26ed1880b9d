import { iteratedItem } from '../callbacks.ts';
import { recordEnqueue, startLater } from '../dispatch.ts';
import { chooserOfAll, resultOf } from '../inlining.ts';
import type { ClassInSource } from '../classWorld.ts';
import { isGeneral } from '../typeNames.ts';
import { callUnseen } from '../unseen.ts';
import { HeapObject, type Value } from '../value.ts';
import { inertValue, plain, staticTypes } from '../values.ts';
import { keyOf, type PlatformCall } from './platformCall.ts';
import { fold } from '../fold.ts';

/** Which argument is the job, and which of its methods run, with how many arguments. */
interface Job {
  readonly argument: number;
  readonly methods: readonly (readonly [name: string, parameters: number])[];
}

const batch: Job = {
  argument: 0,
  methods: [
    ['start', 1],
    ['execute', 2],
    ['finish', 1],
  ],
};
const single = (argument: number): Job => ({ argument, methods: [['execute', 1]] });

const jobs: Readonly<Record<string, Job>> = {
  enqueuejob: single(0),
  'system.enqueuejob': single(0),
  attachfinalizer: single(0),
  'system.attachfinalizer': single(0),
  'system.schedule': single(2),
  'system.schedulebatch': batch,
  'database.executebatch': batch,
};

/** Jobs: what runs later runs with the authority of its class, not of the caller. */
export function asyncCall(call: PlatformCall): Value | undefined {
  const job = jobs[keyOf(call)];
  const value = job && call.args[job.argument];
  if (!value) return undefined;
  for (const type of value.types) start(call, job, type, value);
  return inertValue('derived');
}

function start(call: PlatformCall, job: Job, type: string, value: Value): void {
  const { machine, frame, at } = call;
  const owner = machine.world.resolve(type, frame.owner);
  const chosenBy = chooserOfAll([value]);
  recordEnqueue(frame, at, isGeneral(type) ? '*' : (owner?.type.name ?? type), chosenBy);
  if (!owner) {
    callUnseen(frame, at, type);
    return;
  }
  const isClosed = value.isExact || !owner.type.isOpen;
  for (const each of isClosed ? [owner] : [owner, ...machine.world.descendants(owner)]) {
    const self = { ...value, types: [each.type.name] };
    const scope = job === batch ? scopeOf(call, each.type.name, self) : undefined;
    for (const [name, parameters] of job.methods) {
      const args = [plain('Object', 'derived', 1), ...(scope ? [scope] : [])].slice(0, parameters);
      const found = machine.world.method(each, name, args.map(staticTypes));
      const state = name !== 'start' && isStateful(call, each) ? afterOtherRuns(self) : self;
      if (found?.method.body) startLater(machine, found, state, args, at, frame);
    }
  }
}

/** What one run of a batch leaves in its fields, the next one finds there. */
function isStateful({ machine }: PlatformCall, owner: ClassInSource): boolean {
  return machine.world
    .ancestry(owner)
    .some(({ type }) => type.interfaces.some((name) => fold(name) === 'database.stateful'));
}

function afterOtherRuns(self: Value): Value {
  if (!self.heap) return self;
  const heap = new HeapObject('own');
  for (const { name, value } of self.heap.fields.values()) heap.setField(name, value);
  heap.disclose();
  return { ...self, heap };
}

/** The records of a batch: those that its `start` selects. */
function scopeOf(call: PlatformCall, className: string, self: Value): Value | undefined {
  const { machine, frame } = call;
  const owner = machine.world.named(className);
  const context = plain('Database.BatchableContext', 'derived');
  const found = owner && machine.world.method(owner, 'start', [context.types]);
  const selected = found && resultOf(machine, found, self, [context], frame);
  const item = selected && iteratedItem(machine, selected, call.at, frame);
  if (!item) return selected;
  const heap = new HeapObject('own');
  heap.add('start', item, 'unbounded');
  return { ...plain('List<SObject>', selected.chosenBy, 1), heap };
}
