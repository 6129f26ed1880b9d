import { describe, expect, it } from '@jest/globals';
import { parseOpenApi } from '../../../src/extract/metadata/openApi.ts';

describe('parseOpenApi', () => {
  it('reads YAML as it reads JSON', () => {
    const yaml =
      'servers:\n  - url: https://x.example/v1\npaths:\n  /a/{id}:\n    summary: A\n    patch:\n      operationId: fixA\n';
    const json = JSON.stringify({
      servers: [{ url: 'https://x.example/v1' }],
      paths: { '/a/{id}': { summary: 'A', patch: { operationId: 'fixA' } } },
    });
    const expected = {
      server: 'https://x.example/v1',
      operations: [{ id: 'fixA', verb: 'PATCH', path: '/a/{id}' }],
    };
    expect(parseOpenApi(yaml)).toEqual(expected);
    expect(parseOpenApi(json)).toEqual(expected);
    expect(parseOpenApi(JSON.stringify(JSON.parse(json), undefined, '\t'))).toEqual(expected);
  });

  it.each(['[]', 'null', '"text"', '{}', '{"paths":[]}', '{"paths":{"/a":null},"servers":{}}'])(
    'finds nothing in a document of another kind: %s',
    (text) => {
      expect(parseOpenApi(text)).toEqual({ server: undefined, operations: [] });
    },
  );

  it('refuses aliases that expand without end', () => {
    const layers = Array.from({ length: 12 }, (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n},`.repeat(10)}]`);
    expect(() => parseOpenApi(['l0: &l0 [x]', ...layers].join('\n'))).toThrow(SyntaxError);
  });

  it.each(['[', 'a: [', '- ', '{"a":'])('ends on deep nesting of %s', (opening) => {
    expect(() => parseOpenApi(opening.repeat(20_000))).toThrow(SyntaxError);
  });
});
