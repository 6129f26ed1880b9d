/** The text of the review in the language of its reader. Generated from c/handoffText: npm run generate */
import Approval_Section from '@salesforce/label/c.Handoff_Page_Approval_Section';
import Approval_Loading from '@salesforce/label/c.Handoff_Page_Approval_Loading';
import Approval_Would_Run from '@salesforce/label/c.Handoff_Page_Approval_Would_Run';
import Approval_Was_Decided from '@salesforce/label/c.Handoff_Page_Approval_Was_Decided';
import Approval_Approved from '@salesforce/label/c.Handoff_Page_Approval_Approved';
import Approval_Rejected from '@salesforce/label/c.Handoff_Page_Approval_Rejected';
import Approval_Expired from '@salesforce/label/c.Handoff_Page_Approval_Expired';
import Approval_Left from '@salesforce/label/c.Handoff_Page_Approval_Left';
import Approval_Expires from '@salesforce/label/c.Handoff_Page_Approval_Expires';
import Approval_Asked_By from '@salesforce/label/c.Handoff_Page_Approval_Asked_By';
import Approval_Digest from '@salesforce/label/c.Handoff_Page_Approval_Digest';
import Approval_Exact from '@salesforce/label/c.Handoff_Page_Approval_Exact';
import Approval_Inexact from '@salesforce/label/c.Handoff_Page_Approval_Inexact';
import Approval_Unchecked from '@salesforce/label/c.Handoff_Page_Approval_Unchecked';
import Approval_Plan_Expired from '@salesforce/label/c.Handoff_Page_Approval_Plan_Expired';
import Approval_May_Differ from '@salesforce/label/c.Handoff_Page_Approval_May_Differ';
import Approval_Reason from '@salesforce/label/c.Handoff_Page_Approval_Reason';
import Approval_Reason_Hint from '@salesforce/label/c.Handoff_Page_Approval_Reason_Hint';
import Approval_Reason_Missing from '@salesforce/label/c.Handoff_Page_Approval_Reason_Missing';
import Approval_Deny from '@salesforce/label/c.Handoff_Page_Approval_Deny';
import Approval_Approve from '@salesforce/label/c.Handoff_Page_Approval_Approve';
import Approval_Sending from '@salesforce/label/c.Handoff_Page_Approval_Sending';
import Cost_Section from '@salesforce/label/c.Handoff_Page_Cost_Section';
import Cost_Loading from '@salesforce/label/c.Handoff_Page_Cost_Loading';
import Cost_Unknown from '@salesforce/label/c.Handoff_Page_Cost_Unknown';
import Cost_Limit from '@salesforce/label/c.Handoff_Page_Cost_Limit';
import Cost_No_Limit from '@salesforce/label/c.Handoff_Page_Cost_No_Limit';
import Cost_Meter from '@salesforce/label/c.Handoff_Page_Cost_Meter';
import Cost_Answer from '@salesforce/label/c.Handoff_Page_Cost_Answer';
import Cost_Answers from '@salesforce/label/c.Handoff_Page_Cost_Answers';
import List_Section from '@salesforce/label/c.Handoff_Page_List_Section';
import List_Loading from '@salesforce/label/c.Handoff_Page_List_Loading';
import List_Empty from '@salesforce/label/c.Handoff_Page_List_Empty';
import List_Unknown_Task from '@salesforce/label/c.Handoff_Page_List_Unknown_Task';
import List_Unknown_Agent from '@salesforce/label/c.Handoff_Page_List_Unknown_Agent';
import List_Nobody from '@salesforce/label/c.Handoff_Page_List_Nobody';
import List_Owned_By from '@salesforce/label/c.Handoff_Page_List_Owned_By';
import List_Due from '@salesforce/label/c.Handoff_Page_List_Due';
import List_Overdue from '@salesforce/label/c.Handoff_Page_List_Overdue';
import Masked_Section from '@salesforce/label/c.Handoff_Page_Masked_Section';
import Masked_Loading from '@salesforce/label/c.Handoff_Page_Masked_Loading';
import Masked_Asked from '@salesforce/label/c.Handoff_Page_Masked_Asked';
import Masked_Not_Asked from '@salesforce/label/c.Handoff_Page_Masked_Not_Asked';
import Masked_Pending from '@salesforce/label/c.Handoff_Page_Masked_Pending';
import Masked_No_Field from '@salesforce/label/c.Handoff_Page_Masked_No_Field';
import Masked_By_Pattern from '@salesforce/label/c.Handoff_Page_Masked_By_Pattern';
import Masked_Unclassified from '@salesforce/label/c.Handoff_Page_Masked_Unclassified';
import Plan_Text_Only from '@salesforce/label/c.Handoff_Page_Plan_Text_Only';
import Plan_Field from '@salesforce/label/c.Handoff_Page_Plan_Field';
import Plan_Now from '@salesforce/label/c.Handoff_Page_Plan_Now';
import Plan_Then from '@salesforce/label/c.Handoff_Page_Plan_Then';
import Plan_Unchanged from '@salesforce/label/c.Handoff_Page_Plan_Unchanged';
import Plan_Summary from '@salesforce/label/c.Handoff_Page_Plan_Summary';
import Plan_Text from '@salesforce/label/c.Handoff_Page_Plan_Text';
import Plan_New_Record from '@salesforce/label/c.Handoff_Page_Plan_New_Record';
import Plan_Deleted from '@salesforce/label/c.Handoff_Page_Plan_Deleted';
import Plan_Not_Set from '@salesforce/label/c.Handoff_Page_Plan_Not_Set';
import Proof_Section from '@salesforce/label/c.Handoff_Page_Proof_Section';
import Proof_Loading from '@salesforce/label/c.Handoff_Page_Proof_Loading';
import Proof_Verified from '@salesforce/label/c.Handoff_Page_Proof_Verified';
import Proof_Verified_Means from '@salesforce/label/c.Handoff_Page_Proof_Verified_Means';
import Proof_Wrong from '@salesforce/label/c.Handoff_Page_Proof_Wrong';
import Proof_Wrong_Means from '@salesforce/label/c.Handoff_Page_Proof_Wrong_Means';
import Proof_Partly from '@salesforce/label/c.Handoff_Page_Proof_Partly';
import Proof_Partly_Means from '@salesforce/label/c.Handoff_Page_Proof_Partly_Means';
import Check_Signatures from '@salesforce/label/c.Handoff_Page_Check_Signatures';
import Check_Chain from '@salesforce/label/c.Handoff_Page_Check_Chain';
import Check_Results from '@salesforce/label/c.Handoff_Page_Check_Results';
import Review_Loading from '@salesforce/label/c.Handoff_Page_Review_Loading';
import Review_Untitled from '@salesforce/label/c.Handoff_Page_Review_Untitled';
import Review_Accountable from '@salesforce/label/c.Handoff_Page_Review_Accountable';
import Review_Nobody from '@salesforce/label/c.Handoff_Page_Review_Nobody';
import Review_Agent from '@salesforce/label/c.Handoff_Page_Review_Agent';
import Review_Subject from '@salesforce/label/c.Handoff_Page_Review_Subject';
import Review_Record from '@salesforce/label/c.Handoff_Page_Review_Record';
import Review_Due from '@salesforce/label/c.Handoff_Page_Review_Due';
import Review_Reason from '@salesforce/label/c.Handoff_Page_Review_Reason';
import Review_Outcome from '@salesforce/label/c.Handoff_Page_Review_Outcome';
import Review_Not_Found from '@salesforce/label/c.Handoff_Page_Review_Not_Found';
import Review_Server_Silent from '@salesforce/label/c.Handoff_Page_Review_Server_Silent';
import Status_Offered from '@salesforce/label/c.Handoff_Page_Status_Offered';
import Status_Accepted from '@salesforce/label/c.Handoff_Page_Status_Accepted';
import Status_Approval_Required from '@salesforce/label/c.Handoff_Page_Status_Approval_Required';
import Status_Executed from '@salesforce/label/c.Handoff_Page_Status_Executed';
import Status_Refused from '@salesforce/label/c.Handoff_Page_Status_Refused';
import Status_Errored from '@salesforce/label/c.Handoff_Page_Status_Errored';
import Status_Timed_Out from '@salesforce/label/c.Handoff_Page_Status_Timed_Out';
import Status_Blocked from '@salesforce/label/c.Handoff_Page_Status_Blocked';
import Status_Denied from '@salesforce/label/c.Handoff_Page_Status_Denied';
import Status_Stopped from '@salesforce/label/c.Handoff_Page_Status_Stopped';
import Status_Closed from '@salesforce/label/c.Handoff_Page_Status_Closed';
import Status_Unknown from '@salesforce/label/c.Handoff_Page_Status_Unknown';
import Obstacle_Approver_Is_Requester from '@salesforce/label/c.Handoff_Page_Obstacle_Approver_Is_Requester';
import Obstacle_Approver_Is_Agent from '@salesforce/label/c.Handoff_Page_Obstacle_Approver_Is_Agent';
import Obstacle_Approval_Plan_Mismatch from '@salesforce/label/c.Handoff_Page_Obstacle_Approval_Plan_Mismatch';
import Obstacle_Not_Assigned from '@salesforce/label/c.Handoff_Page_Obstacle_Not_Assigned';
import Timeline_Section from '@salesforce/label/c.Handoff_Page_Timeline_Section';
import Timeline_Loading from '@salesforce/label/c.Handoff_Page_Timeline_Loading';
import Timeline_Empty from '@salesforce/label/c.Handoff_Page_Timeline_Empty';
import Timeline_Org from '@salesforce/label/c.Handoff_Page_Timeline_Org';
import Timeline_Bridge from '@salesforce/label/c.Handoff_Page_Timeline_Bridge';
import Timeline_Custody from '@salesforce/label/c.Handoff_Page_Timeline_Custody';
import Timeline_Signed from '@salesforce/label/c.Handoff_Page_Timeline_Signed';
import Timeline_Follows from '@salesforce/label/c.Handoff_Page_Timeline_Follows';
import Step_Offer from '@salesforce/label/c.Handoff_Page_Step_Offer';
import Step_Accept from '@salesforce/label/c.Handoff_Page_Step_Accept';
import Step_Refuse from '@salesforce/label/c.Handoff_Page_Step_Refuse';
import Step_Approval from '@salesforce/label/c.Handoff_Page_Step_Approval';
import Step_Result from '@salesforce/label/c.Handoff_Page_Step_Result';
import Step_Close from '@salesforce/label/c.Handoff_Page_Step_Close';
import Step_Stopped from '@salesforce/label/c.Handoff_Page_Step_Stopped';
import Step_Timed_Out from '@salesforce/label/c.Handoff_Page_Step_Timed_Out';
import Step_Failed from '@salesforce/label/c.Handoff_Page_Step_Failed';
import Step_Alarm from '@salesforce/label/c.Handoff_Page_Step_Alarm';
import Detail_Offer_Again from '@salesforce/label/c.Handoff_Page_Detail_Offer_Again';
import Detail_Result_Is from '@salesforce/label/c.Handoff_Page_Detail_Result_Is';
import Detail_May from '@salesforce/label/c.Handoff_Page_Detail_May';
import Detail_May_Nothing from '@salesforce/label/c.Handoff_Page_Detail_May_Nothing';
import Detail_After_Approval from '@salesforce/label/c.Handoff_Page_Detail_After_Approval';
import Detail_Decided_By from '@salesforce/label/c.Handoff_Page_Detail_Decided_By';
import Detail_In_Place from '@salesforce/label/c.Handoff_Page_Detail_In_Place';

export const labels = {
  approval: {
    section: Approval_Section,
    loading: Approval_Loading,
    would_run: Approval_Would_Run,
    was_decided: Approval_Was_Decided,
    approved: Approval_Approved,
    rejected: Approval_Rejected,
    expired: Approval_Expired,
    left: Approval_Left,
    expires: Approval_Expires,
    asked_by: Approval_Asked_By,
    digest: Approval_Digest,
    exact: Approval_Exact,
    inexact: Approval_Inexact,
    unchecked: Approval_Unchecked,
    plan_expired: Approval_Plan_Expired,
    may_differ: Approval_May_Differ,
    reason: Approval_Reason,
    reason_hint: Approval_Reason_Hint,
    reason_missing: Approval_Reason_Missing,
    deny: Approval_Deny,
    approve: Approval_Approve,
    sending: Approval_Sending,
  },
  cost: {
    section: Cost_Section,
    loading: Cost_Loading,
    unknown: Cost_Unknown,
    limit: Cost_Limit,
    no_limit: Cost_No_Limit,
    meter: Cost_Meter,
    answer: Cost_Answer,
    answers: Cost_Answers,
  },
  list: {
    section: List_Section,
    loading: List_Loading,
    empty: List_Empty,
    unknown_task: List_Unknown_Task,
    unknown_agent: List_Unknown_Agent,
    nobody: List_Nobody,
    owned_by: List_Owned_By,
    due: List_Due,
    overdue: List_Overdue,
  },
  masked: {
    section: Masked_Section,
    loading: Masked_Loading,
    asked: Masked_Asked,
    not_asked: Masked_Not_Asked,
    pending: Masked_Pending,
    no_field: Masked_No_Field,
    by_pattern: Masked_By_Pattern,
    unclassified: Masked_Unclassified,
  },
  plan: {
    text_only: Plan_Text_Only,
    field: Plan_Field,
    now: Plan_Now,
    then: Plan_Then,
    unchanged: Plan_Unchanged,
    summary: Plan_Summary,
    text: Plan_Text,
    new_record: Plan_New_Record,
    deleted: Plan_Deleted,
    not_set: Plan_Not_Set,
  },
  proof: {
    section: Proof_Section,
    loading: Proof_Loading,
    verified: Proof_Verified,
    verified_means: Proof_Verified_Means,
    wrong: Proof_Wrong,
    wrong_means: Proof_Wrong_Means,
    partly: Proof_Partly,
    partly_means: Proof_Partly_Means,
  },
  check: {
    signatures: Check_Signatures,
    chain: Check_Chain,
    results: Check_Results,
  },
  review: {
    loading: Review_Loading,
    untitled: Review_Untitled,
    accountable: Review_Accountable,
    nobody: Review_Nobody,
    agent: Review_Agent,
    subject: Review_Subject,
    record: Review_Record,
    due: Review_Due,
    reason: Review_Reason,
    outcome: Review_Outcome,
    not_found: Review_Not_Found,
    server_silent: Review_Server_Silent,
  },
  status: {
    offered: Status_Offered,
    accepted: Status_Accepted,
    approval_required: Status_Approval_Required,
    executed: Status_Executed,
    refused: Status_Refused,
    errored: Status_Errored,
    timed_out: Status_Timed_Out,
    blocked: Status_Blocked,
    denied: Status_Denied,
    stopped: Status_Stopped,
    closed: Status_Closed,
    unknown: Status_Unknown,
  },
  obstacle: {
    approver_is_requester: Obstacle_Approver_Is_Requester,
    approver_is_agent: Obstacle_Approver_Is_Agent,
    approval_plan_mismatch: Obstacle_Approval_Plan_Mismatch,
    not_assigned: Obstacle_Not_Assigned,
  },
  timeline: {
    section: Timeline_Section,
    loading: Timeline_Loading,
    empty: Timeline_Empty,
    org: Timeline_Org,
    bridge: Timeline_Bridge,
    custody: Timeline_Custody,
    signed: Timeline_Signed,
    follows: Timeline_Follows,
  },
  step: {
    offer: Step_Offer,
    accept: Step_Accept,
    refuse: Step_Refuse,
    approval: Step_Approval,
    result: Step_Result,
    close: Step_Close,
    stopped: Step_Stopped,
    timed_out: Step_Timed_Out,
    failed: Step_Failed,
    alarm: Step_Alarm,
  },
  detail: {
    offer_again: Detail_Offer_Again,
    result_is: Detail_Result_Is,
    may: Detail_May,
    may_nothing: Detail_May_Nothing,
    after_approval: Detail_After_Approval,
    decided_by: Detail_Decided_By,
    in_place: Detail_In_Place,
  },
};
