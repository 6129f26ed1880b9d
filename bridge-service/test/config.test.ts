import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../src/config.ts';

describe('readConfig', () => {
  it('listens on loopback unless told otherwise', () => {
    expect(readConfig({})).toEqual({ PORT: 8080, HOST: '127.0.0.1' });
  });

  it('names every problem at once', () => {
    expect(() => readConfig({ PORT: '70000', HOST: '' })).toThrow(/PORT: .*\n {2}HOST: /);
  });
});
