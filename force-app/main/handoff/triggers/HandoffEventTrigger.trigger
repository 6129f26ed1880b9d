/** Writes the journal down. */
trigger HandoffEventTrigger on Handoff_Event__e(after insert) {
    HandoffProjection.project(Trigger.new);
}
