import { describe, expect, it } from '@jest/globals';
import { rules } from '../../sf-plugin/src/rules/registry.ts';
import { expectedActions, expectedEffects, expectedEffectsOfAutomation } from './expectations.ts';
import { actionsOfScript } from './fromScript.ts';
import { filesBelow, read, sample } from './projectFiles.ts';

const main = `${sample}/force-app/main/default`;
const script = `${main}/aiAuthoringBundles/Order_Care/Order_Care.agent`;
const mark = 'Deliberately unsafe: ';
const bad = expectedActions.filter(({ verdict }) => verdict === 'bad').map(({ action }) => action);

describe('what is good and what is bad in the sample', () => {
  it('is said for each action of the script, once', () => {
    const names = actionsOfScript(script).map(({ name }) => name);
    expect(expectedActions.map(({ action }) => action).sort()).toEqual(names.sort());
  });

  it('is marked in the script above each bad action, and above no other', () => {
    const lines = read(script).split('\n');
    const marked = lines.flatMap((line, at) =>
      line.trim().startsWith(`# ${mark}`) ? [lines[at + 1]?.trim().replace(':', '')] : [],
    );
    expect(marked.sort()).toEqual([...bad].sort());
  });

  it('is marked in the files that do the harm, and in no others', () => {
    const marked = filesBelow(main).filter((file) => file !== script && read(file).includes(mark));
    expect(marked.map((file) => file.replace(`${main}/`, ''))).toEqual([
      'classes/orderCare/CaseCleanup.cls',
      'classes/orderCare/OrderCancellation.cls',
      'classes/orderCare/RecordRemover.cls',
      'classes/orderCare/RecordUpdater.cls',
      'classes/orderCare/ReturnPickup.cls',
      'flows/Close_Account.flow-meta.xml',
      'flows/Order_Summary_Grounding.flow-meta.xml',
      'flows/Update_Shipping_Address.flow-meta.xml',
      'flows/Withdraw_Refund.flow-meta.xml',
      'triggers/orderCare/RefundTrigger.trigger',
    ]);
  });
});

describe('what the check must find', () => {
  it('names rules that exist', () => {
    const ids = rules.map(({ id }) => id);
    expect(expectedActions.flatMap((action) => action.rules).filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('reports every bad action and no good one', () => {
    expect(expectedActions.filter((action) => action.rules.length > 0).map(({ action }) => action)).toEqual(bad);
  });

  it('gives effects to every action but the one that only reads, and to the escalation', () => {
    const names = expectedActions.map(({ action }) => action).filter((action) => action !== 'get_order_status');
    expect(new Set(expectedEffects.map(({ action }) => action))).toEqual(
      new Set([...names, 'Route_To_Order_Care_Team']),
    );
  });

  it('lets automation follow deletes only', () => {
    const deletes = expectedEffects.filter(({ operation }) => operation === 'delete').map(({ action }) => action);
    expect(expectedEffectsOfAutomation.filter(({ action }) => !deletes.includes(action))).toEqual([]);
    expect(expectedEffectsOfAutomation.every(({ reach }) => reach === 'cascade')).toBe(true);
  });
});
