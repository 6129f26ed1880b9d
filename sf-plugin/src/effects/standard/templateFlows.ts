import { effect, type EffectTemplate, type StandardAction } from './template.ts';

/**
 * The managed flows behind the actions of the shipped agent templates. What they do is known from their names and
 * descriptions, what mode they run in is not, so they are taken to run in system mode.
 *
 * Each row holds the name of the action and that of its flow, where the two differ.
 */
const rows: readonly (readonly [names: string, ...effects: EffectTemplate[]])[] = [
  ['SvcCopilotTmpl__AddCaseComment', effect('create', 'CaseComment')],
  ['SvcCopilotTmpl__CreateCaseEnhancedData', effect('create', 'Case'), effect('create', 'ContentVersion')],
  ['SvcCopilotTmpl__CloseCaseGlobal', effect('update', 'Case')],
  ['SvcCopilotTmpl__UpdateVerifiedContact SvcCopilotTmpl__UpdateVrfyCtct', effect('update', 'Contact')],
  [
    'SvcCopilotTmpl__ResetSecurePassword SvcCopilotTmpl__ResetScrPassword',
    effect('grant', 'User', { reversibility: 'irreversible' }),
    effect('send-message', 'email'),
  ],
  ['SvcCopilotTmpl__CancelOrder', effect('update', 'Order')],
  ['SvcCopilotTmpl__FinalizeNewDeliveryTime SvcCopilotTmpl__FinalizeDeliveryTime', effect('update', 'Order')],
  ['SvcCopilotTmpl__FinalizeReservation', effect('upsert', '*')],
  ['SvcCopilotTmpl__SendEmailVerificationCode SvcCopilotTmpl__SendVerificationCode', effect('send-message', 'email')],
  ['EmployeeCopilot__RefineCampaignPreview MktCloud__RefineCampaignPreview', effect('update', 'Campaign')],
  ['SvcCopilotTmpl__VerifyCustomer SvcCopilotTmpl__VerifyCode'],
  ['SvcCopilotTmpl__IdentifyCustomerByEmail SvcCopilotTmpl__IdentifyCustomer'],
  ['SvcCopilotTmpl__GetCaseByVerifiedCaseNumber SvcCopilotTmpl__GetCaseByVrfyCaseNbr'],
  ['SvcCopilotTmpl__GetCasesForVerifiedContact SvcCopilotTmpl__GetCasesVrfyCtct'],
  ['SvcCopilotTmpl__GetOrdersByContact'],
  ['SvcCopilotTmpl__GetOrderByOrderNumber'],
  ['SvcCopilotTmpl__GetDeliveryTimeSlots'],
  ['SvcCopilotTmpl__GetReservationTimeSlots SvcCopilotTmpl__GetAvailableTimeSlots'],
];

const byName: ReadonlyMap<string, StandardAction> = new Map(
  rows.flatMap(([names, ...effects]) =>
    names
      .split(' ')
      .map((name): [string, StandardAction] => [
        name.toLowerCase(),
        { effects: effects.map((each) => ({ ...each, identity: 'system' })), certainty: 'possible' },
      ]),
  ),
);

const flowNames: ReadonlyMap<string, string> = new Map(
  rows.flatMap(([names]) => {
    const [action = names, flow = action] = names.split(' ');
    return [[action.toLowerCase(), flow]];
  }),
);

/** The managed flow behind an action of a shipped template; a project may override it. */
export function templateFlowOf(action: string): string | undefined {
  return flowNames.get(action.toLowerCase());
}

/** What a managed template flow does, by the name of the flow or of its action; `undefined` for any other flow. */
export function templateFlow(name: string): StandardAction | undefined {
  return byName.get(name.toLowerCase());
}
