package dev.weft.execution.execution;

import dev.weft.common.event.Outgoing;

/** Tells those who watch an execution that it has ended. */
interface EndsOfExecutions {

    /** For an execution that has ended: what is told, to be stored with it. */
    Outgoing word(Execution ended);

    /** The word is stored: it may go. What a crash leaves is told by a sweep. */
    void tell(String executionId);
}
