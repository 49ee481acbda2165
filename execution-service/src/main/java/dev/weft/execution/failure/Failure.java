package dev.weft.execution.failure;

import dev.weft.common.egress.ShownText;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.StepFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The content of an error record: {@code {"name","message","stack"}}, fit for the tenant, of bounded length; {@code
 * user:password@} is removed from addresses that it quotes.
 */
public record Failure(String name, String message, String stack, Failure.Words words) {

    /** Whose words the message quotes; that decides who may read it. */
    public enum Words {
        /** The platform's own, which hold nothing of the flow's data: strangers may read them too. */
        OURS,
        /** A step's, about the message that it worked on, of which they quote no value. */
        STEP,
        /** They quote the message or a called server, or may do so, since they are a component's or a library's. */
        QUOTING
    }

    private static final int LONGEST = 16 * 1024;
    private static final String LOST = "MessageLost";
    private static final Pattern KIND = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    /** In a step's words. */
    public Failure(String name, String message, String stack) {
        this(name, message, stack, Words.STEP);
    }

    public Failure {
        name = cut(name);
        message = cut(message);
        stack = cut(stack);
    }

    /** A step's own failure in its words; anything else by its kind, since its stack is of our code and not of theirs. */
    public static Failure of(Throwable thrown) {
        return switch (thrown) {
            case StepFailure failure -> of(Outcome.Failed.of(failure));
            case StackOverflowError _ -> ours("StackOverflow", "The message or what is made of it nests too deeply.");
            case OutOfMemoryError _ -> ours("OutOfMemory", "What was made of the message is too large.");
            default ->
                new Failure(
                        thrown.getClass().getSimpleName(),
                        thrown.getMessage() == null ? "The step failed." : thrown.getMessage(),
                        "",
                        Words.QUOTING);
        };
    }

    /** What a step reports. */
    public static Failure of(Outcome.Failed failed) {
        return new Failure(
                failed.name(), failed.message(), failed.stack(), failed.quoting() ? Words.QUOTING : Words.STEP);
    }

    /** In the words of sailors (sailor-runtime 11); the step's own are where a stack would be. */
    public static Failure reboundLimit(String reason) {
        return new Failure("Error", "Rebound limit exceeded", reason.isBlank() ? "" : "Reason: " + reason, Words.OURS);
    }

    public static Failure unreadable(String why) {
        return new Failure("UnreadableMessage", why, "", Words.QUOTING);
    }

    public static Failure poison() {
        return ours("PoisonMessage", "The message has killed or blocked its worker more than once.");
    }

    public static Failure outlived() {
        return new Failure(
                "VersionEnded",
                "The message came back after the version that it was for had ended. A retry sends it to the one in"
                        + " force.",
                "");
    }

    public static Failure returnedTooOften() {
        return ours("PoisonMessage", "The message could not be worked on: it was taken back too often.");
    }

    /** A fault of ours that came each time. */
    public static Failure unworkable(Throwable fault) {
        return ours(
                "PoisonMessage",
                "The message could not be worked on (" + fault.getClass().getSimpleName() + ").");
    }

    /** There is nothing left that could be sent again. */
    public static Failure lost() {
        return ours(LOST, "The message is gone: the broker has lost the queue in which it was. It can not be retried.");
    }

    /** Whether there is an input that could be kept. */
    public boolean hasInput() {
        return !name.equals(LOST);
    }

    public static Failure rejected() {
        return ours("Rejected", "The component would not have the message, and did not say why.");
    }

    public static Failure unroutable() {
        return ours("Undeliverable", "The message could not be delivered: the step has no queue.");
    }

    public static Failure noEdge(String edge) {
        return ours("Undeliverable", "The running version has no edge " + edge + " any more.");
    }

    private static Failure ours(String name, String message) {
        return new Failure(name, message, "", Words.OURS);
    }

    /**
     * For a caller of the flow, who may be anybody: the words of a step, a library or a server may hold values of the
     * message, so their kind and the step stand for them (api-v2 11.6).
     */
    public Failure forStrangers(String stepId) {
        var kind = kind(name);
        return new Failure(kind, words == Words.OURS ? message : inStep(kind, stepId), "", Words.OURS);
    }

    /** Whether the message quotes values of the flow's data or a called server, or may do so. */
    public boolean isQuoting() {
        return words == Words.QUOTING;
    }

    /**
     * For members who may not read messages: what a step says of its failure, but neither values of the message nor what a
     * server told it (api-v2 11.6, 11.7).
     *
     * @param quoting of {@link #isQuoting}
     */
    public static String toMembers(String name, String message, String stepId, boolean quoting) {
        return quoting ? inStep(kind(name), stepId) : message;
    }

    private static String inStep(String kind, String stepId) {
        return kind + " in step " + stepId + ".";
    }

    /** A name as those may see it who may not see what is said beside it: steps make names of what they like. */
    public static String kind(String name) {
        return KIND.matcher(name).matches() ? name : "Error";
    }

    public Map<String, Object> shown() {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("name", name);
        shown.put("message", message);
        shown.put("stack", stack);
        return shown;
    }

    /** In this order: what is left of an address that was cut shows no {@code @} any more. */
    private static String cut(String text) {
        var shown = ShownText.withoutUsers(text);
        return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST);
    }
}
