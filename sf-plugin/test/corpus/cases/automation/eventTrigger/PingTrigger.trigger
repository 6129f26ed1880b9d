trigger PingTrigger on Ping__e (after insert) {
    // effect: create Log__c cascade system
    insert new Log__c(Text__c = 'x');
}
