trigger ParentTrigger on Parent__c (after update) {
    // effect: create Log__c cascade user
    insert new Log__c(Text__c = 'x');
}
