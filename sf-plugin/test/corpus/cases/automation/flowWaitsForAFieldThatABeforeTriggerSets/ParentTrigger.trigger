trigger ParentTrigger on Parent__c (before update) {
    for (Parent__c parent : Trigger.new) parent.Size__c = 2;
}
