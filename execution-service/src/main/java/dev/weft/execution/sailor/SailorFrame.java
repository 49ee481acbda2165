package dev.weft.execution.sailor;

import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.Outcome;

/** What a sailor publishes about a message that it has been given (sailor-runtime 9 to 14). */
public sealed interface SailorFrame {

    /**
     * One outcome of its work; others may follow.
     *
     * @param input as much as the frame tells of the message that was worked on
     */
    record Told(StepMessage input, Outcome outcome) implements SailorFrame {}

    /** An error for the waiting caller. A frame to us tells of it too, and whether the caller hears of it is not the sailor's to say. */
    record ErrorReply() implements SailorFrame {}

    /** The broker's word that the sailor would not have the message: usually it says why in a frame, before or after. */
    record Rejected() implements SailorFrame {}

    /** The broker's word that it had to take the message back too often. */
    record Returned() implements SailorFrame {}
}
