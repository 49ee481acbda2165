package dev.weft.execution.failure;

import dev.weft.execution.step.StepFailure;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an error record says: {@code {"name","message","stack"}}, fit for the tenant and of bounded length. */
public record Failure(String name, String message, String stack) {

    private static final int LONGEST = 16 * 1024;

    public Failure {
        name = cut(name);
        message = cut(message);
        stack = cut(stack);
    }

    /** A step's own failure in its words; anything else by its kind, since its stack is of our code and not of theirs. */
    public static Failure of(Throwable thrown) {
        return switch (thrown) {
            case StepFailure failure -> new Failure(failure.name(), failure.text(), failure.shownStack());
            case StackOverflowError _ ->
                new Failure("StackOverflow", "The message or what is made of it nests too deeply.", "");
            case OutOfMemoryError _ -> new Failure("OutOfMemory", "What was made of the message is too large.", "");
            default ->
                new Failure(
                        thrown.getClass().getSimpleName(),
                        thrown.getMessage() == null ? "The step failed." : thrown.getMessage(),
                        "");
        };
    }

    /** In the words of sailors (sailor-runtime 11); the step's own are where a stack would be. */
    public static Failure reboundLimit(String reason) {
        return new Failure("Error", "Rebound limit exceeded", reason.isBlank() ? "" : "Reason: " + reason);
    }

    public static Failure unreadable(String why) {
        return new Failure("UnreadableMessage", why, "");
    }

    public static Failure poison() {
        return new Failure(
                "PoisonMessage", "The message has killed its worker twice while no other suspect was in work.", "");
    }

    public static Failure returnedTooOften() {
        return new Failure("PoisonMessage", "The message could not be worked on: it was taken back too often.", "");
    }

    public static Failure rejected() {
        return new Failure("Rejected", "The component would not have the message, and did not say why.", "");
    }

    public static Failure unroutable() {
        return new Failure("Undeliverable", "The message could not be delivered: the step has no queue.", "");
    }

    public static Failure noEdge(String edge) {
        return new Failure("Undeliverable", "The running version has no edge " + edge + " any more.", "");
    }

    public Map<String, Object> shown() {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("name", name);
        shown.put("message", message);
        shown.put("stack", stack);
        return shown;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
