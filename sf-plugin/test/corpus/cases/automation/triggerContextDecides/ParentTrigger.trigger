trigger ParentTrigger on Parent__c (after insert, after update) {
    if (Trigger.isInsert) {
        // pruned
        insert new Created__c(Text__c = 'x'); // no-effect
    }
    if (Trigger.isUpdate) {
        insert new Updated__c(Text__c = 'x'); // effect: create Updated__c cascade system
    }
}
