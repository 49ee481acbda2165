package dev.weft.execution.failure;

/**
 * Messages that were in a worker's hands when it died more than once. Such a message is worked on alone, and that this
 * was begun is written down before: found so again, it is poison.
 */
public interface Suspects {

    /** How often it has been begun alone, this time included. */
    int begin(String key, String flowId);

    /** It was worked on to the end. */
    void end(String key);
}
