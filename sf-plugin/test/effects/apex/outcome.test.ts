import { describe, expect, it } from '@jest/globals';
import { Bounds } from '../../../src/effects/apex/bounds.ts';
import { give, type Given } from '../../../src/effects/apex/given.ts';
import { Leaks } from '../../../src/effects/apex/leaks.ts';
import { observe, replay, type Outcome } from '../../../src/effects/apex/outcome.ts';
import { HeapObject, type Value } from '../../../src/effects/apex/value.ts';
import { constantValue, plain } from '../../../src/effects/apex/values.ts';

const text = (value: string): Value => constantValue(value, 'String');

function record(heap: HeapObject): Value {
  return { ...plain('Contact', 'model', 1), heap };
}

/** What code does to objects that are like those given. */
function observed(
  values: readonly Value[],
  code: (values: readonly (Value | undefined)[], leaks: Leaks) => Value | undefined,
  leaks = new Leaks(),
): Outcome {
  const apart = { leaks: new Leaks(), bounds: new Bounds() };
  return observe(given(values, leaks), 0, leaks, apart, (standIns) => code(standIns, apart.leaks));
}

function given(values: readonly Value[], leaks = new Leaks(), loops: readonly number[] = [1]): Given {
  const known = give(values, loops, leaks);
  if (!known) throw new Error('too much');
  return known;
}

/** What is known of the fields of an object, and of those of objects in them. */
function shown({ content, fields }: HeapObject, around: readonly HeapObject[] = []): unknown {
  const entries = [...fields.values()].map(({ name, value }): [string, unknown] => {
    const inside = value.heap?.identity;
    if (!inside) return [name, value.constant ?? '?'];
    return [name, around.includes(inside) ? 'around' : shown(inside, [...around, inside])];
  });
  return { [content]: Object.fromEntries(entries) };
}

/** What code does to one object that it is given, at first and when it is remembered for another that is like it. */
function doneTwice(make: () => HeapObject, code: (object: HeapObject) => Value | undefined): readonly unknown[] {
  const [first, second] = [make(), make()];
  const outcome = observed([record(first)], ([value]) => value?.heap && code(value.heap));
  const returned = replay(outcome, given([record(second)]), new Leaks());
  code(first);
  return [shown(first, [first]), shown(second, [second]), returned?.heap?.identity === second.identity];
}

describe('what a callee is given', () => {
  it('is the same for objects that are alike', () => {
    const make = (name: string): Value => {
      const heap = new HeapObject('own');
      heap.setField('Name', text(name));
      return record(heap);
    };
    expect(given([make('a')]).key).toBe(given([make('a')]).key);
    expect(given([make('a')]).key).not.toBe(given([make('b')]).key);
  });

  it('is another where two ways lead to one object', () => {
    const one = record(new HeapObject('own'));
    const other = record(new HeapObject('own'));
    expect(given([one, one]).key).not.toBe(given([one, other]).key);
  });

  it('is another where an object may be reached in ways not seen, if by another object', () => {
    const inner = new HeapObject('own');
    const outer = new HeapObject('own');
    outer.setField('Child', record(inner));
    const leaks = new Leaks();
    leaks.add(outer);
    expect(given([record(inner)], leaks).key).not.toBe(given([record(inner)]).key);
  });

  it('does not tell loops apart that are around everything given', () => {
    const at = (depth: number): Value => ({ ...record(new HeapObject('own')), depth });
    expect(given([at(2)], new Leaks(), [1, 50]).key).toBe(given([at(1)], new Leaks(), [1]).key);
    expect(given([at(1)], new Leaks(), [1, 50]).key).not.toBe(given([at(1)], new Leaks(), [1]).key);
  });

  it('is not described where it is too much', () => {
    const heap = new HeapObject('own');
    for (let index = 0; index < 2001; index++) heap.setField(`F${String(index)}`, text('x'));
    expect(give([record(heap)], [1], new Leaks())).toBeUndefined();
  });
});

describe('a callee that is not run again', () => {
  const named = (): HeapObject => {
    const heap = new HeapObject('own');
    heap.setField('Name', text('a'));
    heap.setField('Title', text('b'));
    return heap;
  };

  it('leaves alone what it only reads', () => {
    const result = doneTwice(named, () => undefined);
    expect(result).toEqual([{ own: { Name: 'a', Title: 'b' } }, { own: { Name: 'a', Title: 'b' } }, false]);
  });

  it('sets the fields that it set', () => {
    const result = doneTwice(named, (heap) => {
      heap.store('Name', text('c'), undefined);
      heap.store('Phone', text('1'), undefined);
      return record(heap);
    });
    expect(result).toEqual([
      { own: { Name: '?', Title: 'b', Phone: '?' } },
      { own: { Name: '?', Title: 'b', Phone: '?' } },
      true,
    ]);
  });

  it('sets a field to what another field was from the start', () => {
    const result = doneTwice(named, (heap) => {
      const title = heap.fields.get('title');
      if (title) heap.setField('Copy', title.value);
      return undefined;
    });
    expect(result).toEqual([
      { own: { Name: 'a', Title: 'b', Copy: 'b' } },
      { own: { Name: 'a', Title: 'b', Copy: 'b' } },
      false,
    ]);
  });

  it('makes objects of its own each time', () => {
    const result = doneTwice(named, (heap) => {
      const made = new HeapObject('own');
      made.setField('Parent', record(heap));
      made.setField('Name', text('new'));
      heap.setField('Child', record(made));
      return record(made);
    });
    const expected = { own: { Name: 'a', Title: 'b', Child: { own: { Parent: 'around', Name: 'new' } } } };
    expect(result).toEqual([expected, expected, false]);
  });

  it('forgets what it let code not seen hold on to', () => {
    const result = doneTwice(named, (heap) => {
      heap.disclose();
      return undefined;
    });
    expect(result).toEqual([{ foreign: { Name: '?', Title: '?' } }, { foreign: { Name: '?', Title: '?' } }, false]);
  });

  it('adds to a list what it added', () => {
    const list = (): HeapObject => new HeapObject('own');
    const outcome = observed([record(list())], ([value]) => {
      value?.heap?.add('12', record(new HeapObject('own')), 5);
      return undefined;
    });
    const second = list();
    replay(outcome, given([record(second)]), new Leaks());
    expect([second.size, second.item?.types, second.isPublic]).toEqual([5, ['Contact'], true]);
  });

  it('merges what it merged', () => {
    const pair = (): readonly [HeapObject, HeapObject] => [named(), new HeapObject('stored')];
    const outcome = observed(pair().map(record), ([one, other]) => {
      if (one?.heap && other?.heap) one.heap.merge(other.heap);
      return undefined;
    });
    const [one, other] = pair();
    replay(outcome, given([record(one), record(other)]), new Leaks());
    expect(one.identity).toBe(other.identity);
    expect(shown(one)).toEqual({ stored: { Name: '?', Title: '?' } });
  });

  it('may have changed an object of the caller that leaked', () => {
    const leaks = new Leaks();
    const leaked = named();
    leaks.add(leaked);
    const changeUnknown = (_: unknown, own: Leaks): undefined => {
      own.changeUnknown();
    };
    replay(observed([record(named())], changeUnknown, leaks), given([record(named())], leaks), leaks);
    expect(shown(leaked)).toEqual({ foreign: { Name: '?', Title: '?' } });
  });

  it('leaks what it leaked', () => {
    const leaks = new Leaks();
    const outcome = observed([record(named())], ([value], own) => {
      if (value) own.addAll([value]);
      return undefined;
    });
    const object = named();
    replay(outcome, given([record(object)]), leaks);
    expect(shown(object)).toEqual({ own: { Name: 'a', Title: 'b' } });
    leaks.changeUnknown();
    expect(shown(object)).toEqual({ foreign: { Name: '?', Title: '?' } });
  });
});
