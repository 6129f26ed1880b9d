import { callBack, showAsText } from '../callbacks.ts';
import { createInstance } from '../creation.ts';
import { plain } from '../values.ts';
import { keyOf, type PlatformCall } from './platformCall.ts';
import { fold } from '../fold.ts';

/** The methods by which the platform tells the outcome of what it does later. */
const outcomes: Readonly<Record<string, readonly string[]>> = {
  'eventbus.publish': ['onFailure', 'onSuccess'],
  'database.insertasync': ['processSave'],
  'database.updateasync': ['processSave'],
  'database.deleteasync': ['processDelete'],
  'functions.function.invoke': ['handleResponse'],
};

/** Calls that run methods of the objects given to them. What the calls do themselves is told elsewhere. */
export function callbackCall(call: PlatformCall): undefined {
  const { machine, frame, at, args, className } = call;
  const key = keyOf(call);
  if (key === 'string.valueof' || key === 'system.debug' || key === 'string.join') {
    for (const arg of args) showAsText(machine, arg, at, frame);
  }
  for (const name of outcomes[key] ?? []) {
    for (const arg of args.slice(1)) callBack(machine, arg, name, [plain('Object', 'derived')], at, frame);
  }
  if (fold(className).startsWith('cache.') && fold(call.name) === 'get') loadIntoCache(call);
  return undefined;
}

/** A value that is not in the cache is made by the class that stands for it, or by any that may. */
function loadIntoCache({ machine, frame, at, args }: PlatformCall): void {
  const [builder] = args;
  if (!builder?.types.includes('Type')) return;
  const owner = builder.token === undefined ? undefined : machine.world.resolve(builder.token, frame.owner);
  const made = owner ? createInstance(machine, owner, [], at, frame) : plain('Cache.CacheBuilder', builder.chosenBy);
  callBack(machine, made, 'doLoad', [plain('String', 'derived')], at, frame);
}
