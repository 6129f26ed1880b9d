trigger ChildTrigger on Child__c (before delete) {
    insert new Log__c(Text__c = 'x'); // no-effect
}
