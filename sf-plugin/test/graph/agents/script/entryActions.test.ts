import { describe, expect, it } from '@jest/globals';
import { lower } from './show.ts';

function entries(...script: string[]): { actions: string[]; problems: string[] } {
  const { actions, problems } = lower([...script, 'start_agent Main:', '  label: "x"'].join('\n'));
  return { actions, problems };
}

describe('entry actions', () => {
  it('are the flows that take a conversation over, with and without a scheme', () => {
    expect(
      entries(
        'config:',
        '  outbound_flow: "flow://Default"',
        'connection messaging:',
        '  outbound_route_type: "OmniChannelFlow"',
        '  outbound_route_name: "Plain"',
        'connection voice:',
        '  outbound_route_name: "flow://Voice"',
        'connection slack:',
        '  label: "no route"',
      ),
    ).toEqual({
      actions: [
        '.Default flow://Default entry',
        '  deterministic none',
        '.Plain flow://Plain entry',
        '  deterministic none',
        '.Voice flow://Voice entry',
        '  deterministic none',
      ],
      problems: [],
    });
  });

  it('are reported where it is not known what they are', () => {
    expect(
      entries('connection messaging:', '  outbound_route_type: "Queue"', '  outbound_route_name: "Support"'),
    ).toEqual({
      actions: ['.Support unknown://Support entry', '  deterministic none'],
      problems: ['3:3 the target "Support" of action "Support" is not of a known form'],
    });
  });
});
