/** Sends decisions on their way. The approval process sets the field; nobody else may. */
trigger HandoffApprovalTrigger on Handoff_Approval__c(after update) {
    HandoffApprovals.onDecided(Trigger.new, Trigger.oldMap);
}
