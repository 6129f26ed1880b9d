import { describe, expect, it } from '@jest/globals';
import { actionsOfBundle } from './fromBundle.ts';
import { actionsOfGraph } from './fromGraph.ts';
import { actionsOfScript } from './fromScript.ts';
import { sample } from './projectFiles.ts';

const main = `${sample}/force-app/main/default`;
const bundle = `${main}/genAiPlannerBundles/Order_Care_v1`;
const script = actionsOfScript(`${main}/aiAuthoringBundles/Order_Care/Order_Care.agent`);

describe('the script of the sample agent and its compiled bundle', () => {
  it('reads thirteen actions in the script', () => {
    expect(script.map(({ topic, name, target }) => `${topic}.${name} ${target}`)).toEqual([
      'account_details.adjust_loyalty_points flow://loyalty__Adjust_Points',
      'account_details.close_account flow://Close_Account',
      'account_details.update_record apex://RecordUpdater',
      'account_details.update_shipping_address flow://Update_Shipping_Address',
      'escalation.clear_old_cases apex://CaseCleanup',
      'escalation.open_case flow://Open_Support_Case',
      'order_status.cancel_order apex://OrderCancellation',
      'order_status.email_customer standardInvocableAction://emailSimple',
      'order_status.get_order_status apex://OrderStatus',
      'order_status.summarise_order generatePromptResponse://Order_Summary',
      'returns_and_refunds.book_return_pickup apex://ReturnPickup',
      'returns_and_refunds.request_refund flow://Request_Refund',
      'returns_and_refunds.withdraw_refund flow://Withdraw_Refund',
    ]);
  });

  it('agrees with the XML of the planner bundle', () => {
    expect(actionsOfBundle(bundle)).toEqual(script);
  });

  it('agrees with the compiled graph', () => {
    expect(actionsOfGraph(`${bundle}/agentGraph/Order_Care_v1_graph.json`)).toEqual(script);
  });
});
