import { fold } from './fold.ts';

/*
 * The classes of the platform whose methods change nothing outside the transaction's memory, by
 * simple name in lower case. What has effects stands in platformEffects.ts and is looked up first;
 * what stands in neither table is reported as not seen.
 */
const inertClasses: ReadonlySet<string> = new Set(
  `
  accesslevel accesstype address aggregateresult apexpages approval assert asyncinfo asyncoptions authconfiguration blob boolean businesshours
  cases collator cookie crypto database date datetime decimal deletedrecord describefieldresult
  describesobjectresult displaytype dom domain domaincreator domainparser double emailmessages encodingutil enum
  exception featuremanagement fieldset fieldsetmember formula
  formulaeval finalizercontext httprequest httpresponse id integer iterable iterator json jsongenerator jsonparser
  jsontoken label limits list location long loglevel map matcher math messaging multistaticresourcecalloutmock
  network object orglimit orglimits packaging pagereference parentjobresult parsererror pattern picklistentry platform
  publishcallback querylocator quiddity queueablecontext queueableduplicatesignature ratelimit recordtypeinfo request
  requestdetail resetpasswordresult restcontext restrequest restresponse saveresult savepoint schedulablecontext
  schema search searchresult searchresults secret security selectoption set site sobject sobjectaccessdecision
  sobjectfield sobjecttype staticresourcecalloutmock statuscode string stub stubprovider system test time
  timezone touchhandledexception trigger triggeroperation type typeexception upsertresult url userinfo uuid
  version wave xmlnode xmlstreamreader xmlstreamwriter document deleteresult emptyrecyclebinresult leadconvert
  leadconvertresult mergeresult undeleteresult dmloptions batchablecontext error cursor paginationcursor
  describetabresult describetabsetresult describecolorresult describeiconresult childrelationship datacategory
  describedatacategorygroupresult describedatacategorygroupstructureresult fielddescribeoptions
  sobjectdescribeoptions soaptype dataweave script result filterlogic compression zipreader zipwriter zipentry
  `
    .toLowerCase()
    .split(/\s+/)
    .filter((name) => name !== ''),
);

/** Namespaces of which no class has an effect that is not in the table of effects. */
const inertNamespaces: ReadonlySet<string> = new Set(
  `
  applauncher cache canvas compression database datasource dataweave dom formulaeval functions
  invocable lxscheduler messaging page placequote pref_center process reports revsalestrxn schema search system
  userprovisioning wave
  eventbus approval flow auth visualeditor
  `
    .split(/\s+/)
    .filter((name) => name !== ''),
);

/** Namespaces of the platform whose classes can be created and filled without effect, although their methods act. */
const platformNamespaces: ReadonlySet<string> = new Set(
  'aiplatform commerceordermanagement commercepayments connectapi kbmanagement metadata quickaction sfdc_checkout slack'.split(
    ' ',
  ),
);

/** Whether calls on a class of the platform, given as it is written, can be left out. */
export function isInertClass(name: string): boolean {
  const parts = fold(name).split('.');
  const [first = '', second] = parts;
  if (second === undefined) return inertClasses.has(first) || first.endsWith('exception');
  if (platformNamespaces.has(first) && parts.at(-1)?.endsWith('exception')) return true;
  return inertNamespaces.has(first) || (inertClasses.has(first) && !first.includes('__'));
}

export function isPlatformNamespace(className: string): boolean {
  return platformNamespaces.has(fold(className.split('.', 1)[0] ?? ''));
}

/** Methods that every record has. None writes to the database. */
const recordMethods: ReadonlySet<string> = new Set(
  `
  adderror clear clone deepclone equals get geterrors getinstance getall getclonesourceid getoptions getorgdefaults
  getpopulatedfieldsasmap getquickactionname getsobject getsobjects getsobjecttype getvalues haserrors hashcode
  isclone isset put putsobject recalculateformulas setoptions tostring
  `
    .split(/\s+/)
    .filter((name) => name !== ''),
);

export function isRecordMethod(name: string): boolean {
  return recordMethods.has(fold(name));
}

const customObject = /__(?:c|e|mdt|x|b|kav|share|history|feed|changeevent|dlm|tag)$/i;

export function isCustomObject(name: string): boolean {
  return customObject.test(name);
}

/** Child relationships of standard objects, whose names do not follow from the object by rule. */
const childObjects: Readonly<Record<string, string>> = {
  accounts: 'Account',
  assets: 'Asset',
  attachments: 'Attachment',
  campaignmembers: 'CampaignMember',
  casecomments: 'CaseComment',
  cases: 'Case',
  childaccounts: 'Account',
  contacts: 'Contact',
  contentdocumentlinks: 'ContentDocumentLink',
  contracts: 'Contract',
  events: 'Event',
  notes: 'Note',
  opportunities: 'Opportunity',
  opportunitycontactroles: 'OpportunityContactRole',
  opportunitylineitems: 'OpportunityLineItem',
  orderitems: 'OrderItem',
  orders: 'Order',
  quotelineitems: 'QuoteLineItem',
  quotes: 'Quote',
  tasks: 'Task',
};

/** Look-ups of standard objects that are named for the object they refer to. */
const parentObjects: ReadonlyMap<string, string> = new Map(
  'Account Asset Campaign Case Contact Contract Lead Opportunity Order Pricebook2 Product2 Profile Quote'
    .split(' ')
    .map((object) => [object.toLowerCase(), object]),
);

const parentAliases: Readonly<Record<string, string>> = { createdby: 'User', lastmodifiedby: 'User' };

/** The object behind a relationship of a standard object; `undefined` where the name does not tell. */
export function relatedObject(relationship: string): string | undefined {
  const key = fold(relationship);
  return parentObjects.get(key) ?? parentAliases[key] ?? childObjects[key];
}
