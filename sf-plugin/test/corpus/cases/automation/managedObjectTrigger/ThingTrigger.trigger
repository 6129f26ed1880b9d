trigger ThingTrigger on pkg__Thing__c (after update) {
    insert new Log__c(Text__c = 'x'); // effect: create Log__c cascade system
}
