trigger OnFeedComment on FeedComment (after insert) {
    // effect: create Event cascade system
    insert new Event();
}
