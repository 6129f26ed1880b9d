// Deliberately unsafe: deleting a refund silently deletes its return labels, in system mode.
trigger RefundTrigger on Refund__c(before delete) {
    delete [SELECT Id FROM Return_Label__c WHERE Refund__c IN :Trigger.oldMap.keySet()];
}
