package dev.weft.execution.attachment;

import java.util.Date;
import java.util.Map;
import java.util.Optional;

/**
 * Content of attachments. Messages, passthrough and records only name it: otherwise a file of a megabyte would lie in
 * every queue behind the first and in the record of every step.
 */
public interface Attachments {

    /**
     * One file.
     *
     * @param name        under which a browser stores it
     * @param contentType as its sender says, which nobody has checked; may be empty
     */
    record File(String name, String contentType, byte[] content) {}

    /**
     * Durable when it returns; the same execution's files again change nothing.
     *
     * @param files by their number in it, 1 for the first
     * @throws dev.weft.execution.step.StepUnavailable when the store is away
     */
    void keep(String flowId, String execution, Map<Integer, File> files);

    /** @param number 1 for the first */
    Optional<File> find(String execution, int number);

    /** Removes what is older, and of each flow all but the newest. */
    void keep(Date from);
}
