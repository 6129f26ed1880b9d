trigger OtherTrigger on Parent__c (after insert, after delete) {
    insert new Log__c(Text__c = 'x'); // no-effect
}
