import type { Place } from '@agent-readiness/protocol';

/** What one flow file says, in the order of the file. References are kept as written. */
export interface FlowFacts {
  readonly name: string;
  readonly label: string;
  readonly place: Place;
  readonly apiVersion: number | undefined;
  /** As the metadata spells it: `AutoLaunchedFlow`, `Flow` (screen flow), `Orchestrator`, `Workflow`, … */
  readonly processType: string | undefined;
  /** `Active`, `Draft`, `Obsolete`, `InvalidDraft`, … */
  readonly status: string | undefined;
  /** `DefaultMode`, `SystemModeWithSharing`, `SystemModeWithoutSharing`, `UserMode`. */
  readonly runInMode: string | undefined;
  /** The managed flow that this one replaces for every caller. */
  readonly overriddenFlow: string | undefined;
  readonly start: FlowStart;
  readonly variables: readonly FlowVariable[];
  readonly resources: readonly FlowResource[];
  readonly elements: readonly FlowElement[];
}

/** A literal, as far as the metadata has one; dates and times stay text. */
export type Literal = string | number | boolean | null;

/** A `<value>`: what a field, a parameter or a variable is set to. */
export type FlowValue =
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'reference'; readonly path: string }
  | { readonly kind: 'list'; readonly items: readonly FlowValue[] }
  /** Text with merge fields, a formula or anything else that is worked out of `references`. */
  | { readonly kind: 'computed'; readonly references: readonly string[] };

export interface FlowVariable {
  readonly name: string;
  readonly place: Place;
  readonly dataType: string;
  readonly objectType: string | undefined;
  readonly apexClass: string | undefined;
  readonly isCollection: boolean;
  readonly isInput: boolean;
  readonly isOutput: boolean;
  readonly defaultValue: FlowValue;
}

/** A named value that no element can write. `user-input`: typed in by whoever sees the screen. */
export interface FlowResource {
  readonly kind: 'constant' | 'formula' | 'template' | 'choice' | 'user-input';
  readonly name: string;
  readonly value: FlowValue;
}

export interface Connector {
  /** As the metadata spells it: `connector`, `faultConnector`, `nextValueConnector`, … */
  readonly role: string;
  readonly target: string;
  readonly place: Place;
}

export interface NamedValue {
  readonly name: string;
  readonly value: FlowValue;
}

/** Something an element starts. `type` is the action type, or `apexPlugin` or `screenComponent`. */
export interface FlowCall {
  readonly type: string;
  readonly name: string;
  readonly label: string;
  readonly place: Place;
  readonly inputs: readonly NamedValue[];
  /** The object that a parameter of generic type stands for. */
  readonly types: readonly { readonly parameter: string; readonly object: string }[];
}

export interface FlowFilter {
  readonly field: string;
  readonly operator: string;
  readonly value: FlowValue;
}

export interface FlowFilters {
  /** `and`, `or` or an expression over the numbers of the filters. */
  readonly logic: string;
  readonly filters: readonly FlowFilter[];
}

export interface FlowCondition {
  readonly left: string;
  readonly operator: string;
  readonly right: FlowValue;
}

/** One rule of a decision. */
export interface Outcome {
  readonly name: string;
  readonly label: string;
  readonly place: Place;
  readonly logic: string;
  readonly conditions: readonly FlowCondition[];
  readonly connectors: readonly Connector[];
  /** The rule also asks that the record has just changed, or holds something else that is not read. */
  readonly asksMore: boolean;
}

export interface AssignmentItem {
  readonly target: string;
  readonly operator: string;
  readonly value: FlowValue;
  readonly place: Place;
}

/** What every element has. */
export interface FlowNode {
  /** The metadata's own word: `recordDeletes`, `actionCalls`, … */
  readonly tag: string;
  readonly name: string;
  readonly label: string;
  readonly place: Place;
  readonly connectors: readonly Connector[];
  readonly calls: readonly FlowCall[];
  /** Variables (or their fields) that the element fills, other than by an assignment. */
  readonly outputs: readonly string[];
}

export interface RecordWrite extends FlowNode {
  readonly kind: 'create' | 'update' | 'delete';
  readonly object: string | undefined;
  readonly inputReference: string | undefined;
  readonly assignments: readonly NamedValue[];
  readonly where: FlowFilters;
  readonly isUpsert: boolean;
}

export interface RecordLookup extends FlowNode {
  readonly kind: 'lookup';
  readonly object: string | undefined;
  readonly where: FlowFilters;
  readonly firstOnly: boolean;
  readonly limit: FlowValue;
  /** The fields that it asks for; empty where it takes those that the flow uses. */
  readonly fields: readonly string[];
  /** The record or collection variable that takes what was found. */
  readonly outputReference: string | undefined;
}

export interface Assignment extends FlowNode {
  readonly kind: 'assignment';
  readonly items: readonly AssignmentItem[];
}

export interface Loop extends FlowNode {
  readonly kind: 'loop';
  readonly collection: string;
  readonly variable: string | undefined;
}

export interface Decision extends FlowNode {
  readonly kind: 'decision';
  readonly outcomes: readonly Outcome[];
  readonly defaultConnectors: readonly Connector[];
}

export interface Transform extends FlowNode {
  readonly kind: 'transform';
  readonly objectType: string | undefined;
  readonly isCollection: boolean;
  /** `name` is the field that is filled, empty where the result is the value itself. */
  readonly mappings: readonly (NamedValue & { readonly type: string })[];
}

export interface CollectionProcessor extends FlowNode {
  readonly kind: 'processor';
  /** `SortCollectionProcessor`, `FilterCollectionProcessor`, `RecommendationMapCollectionProcessor`. */
  readonly type: string;
  readonly collection: string;
  readonly variable: string | undefined;
  readonly outputObject: string | undefined;
  readonly limit: number | undefined;
  /** What decides over the items that stay. */
  readonly references: readonly string[];
}

/** An element that has no effect of its own besides its calls and outputs. */
export interface Step extends FlowNode {
  readonly kind: 'step';
}

/** An element of a kind that this version does not know. */
export interface UnknownElement extends FlowNode {
  readonly kind: 'unknown';
}

export type FlowElement =
  RecordWrite | RecordLookup | Assignment | Loop | Decision | Transform | CollectionProcessor | Step | UnknownElement;

export interface FlowStart extends FlowNode {
  readonly kind: 'start';
  readonly object: string | undefined;
  /** `Create`, `Update`, `CreateAndUpdate`, `Delete`. */
  readonly recordTriggerType: string | undefined;
  /** `RecordBeforeSave`, `RecordAfterSave`, `RecordBeforeDelete`, `Scheduled`, `PlatformEvent`, … */
  readonly triggerType: string | undefined;
  readonly runAsUser: string | undefined;
  readonly where: FlowFilters;
  /** An update starts it only when it makes the record meet the conditions, which it did not meet before. */
  readonly requiresChange: boolean;
  readonly hasConditionFormula: boolean;
  readonly scheduledPaths: readonly ScheduledPath[];
  /** Where a file has neither a start nor a start reference, every element may be the first. */
  readonly isMissing: boolean;
}

export interface ScheduledPath {
  readonly name: string;
  readonly label: string;
  /** `AsyncAfterCommit`, `ApprovalRecall`; absent for a path with an offset. */
  readonly pathType: string | undefined;
  readonly connectors: readonly Connector[];
}
