import { describe, expect, it } from '@jest/globals';
import { createSharedFlush } from '../../../src/adapters/sql/sharedFlush.ts';

/** A flush that ends when it is told to, and in the way it is told. */
function controlled() {
  const begun: PromiseWithResolvers<undefined>[] = [];
  const flush = createSharedFlush(() => {
    const one = Promise.withResolvers<undefined>();
    begun.push(one);
    return one.promise;
  });
  /** All promises that can settle have settled. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { flush, begun, settle };
}

describe('a shared flush', () => {
  it('serves who asks while one runs with the next one, and all of them with one', async () => {
    const { flush, begun, settle } = controlled();
    const ended: string[] = [];
    const ask = (name: string) => flush().then(() => ended.push(name));
    void ask('first');
    await settle();
    void ask('second');
    void ask('third');
    await settle();
    expect(begun).toHaveLength(1);

    begun[0]?.resolve(undefined);
    await settle();
    expect(ended).toEqual(['first']);
    expect(begun).toHaveLength(2);

    void ask('fourth');
    begun[1]?.resolve(undefined);
    await settle();
    expect(ended).toEqual(['first', 'second', 'third']);
    begun[2]?.resolve(undefined);
    await settle();
    expect(ended).toEqual(['first', 'second', 'third', 'fourth']);
    expect(begun).toHaveLength(3);
  });

  it('tells its failure to those who waited for it, and to nobody else', async () => {
    const { flush, begun, settle } = controlled();
    const first = flush().catch((error: unknown) => error);
    await settle();
    const second = flush().then(() => 'durable');
    begun[0]?.reject(new Error('the disk'));
    expect(await first).toEqual(new Error('the disk'));
    await settle();
    begun[1]?.resolve(undefined);
    expect(await second).toBe('durable');
  });
});
