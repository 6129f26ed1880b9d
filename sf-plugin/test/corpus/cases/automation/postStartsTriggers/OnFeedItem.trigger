trigger OnFeedItem on FeedItem (after insert) {
    // effect: create Task cascade system
    insert new Task();
}
