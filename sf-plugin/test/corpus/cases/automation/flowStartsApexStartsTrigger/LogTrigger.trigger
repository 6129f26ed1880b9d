trigger LogTrigger on Log__c (before insert) {
    delete [SELECT Id FROM Old__c]; // effect: delete Old__c cascade system extent=unbounded
}
