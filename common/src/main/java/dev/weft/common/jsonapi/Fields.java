package dev.weft.common.jsonapi;

import dev.weft.common.problem.ProblemSource;
import dev.weft.common.problem.RequestFaults;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads members of an object and collects every fault, so that all of them are reported at once (api-v2 1.5). Readers
 * answer empty (or null) for what is absent or wrong; {@link #orThrow()} ends the reading.
 *
 * <p>Texts are trimmed of all that Unicode calls white space, and counted in code points. A text is one line: of
 * control
 * characters it may have tabs alone, so that a name can not break a log, a header or a mail. Marks of direction and
 * joiners are no control characters: names in Arabic, and many emoji, need them. Half of a surrogate pair is no text.
 */
public final class Fields {

    /** What is not bounded by its own rule is bounded all the same. */
    private static final int MOST_TEXTS = 1_000;

    private static final int LONGEST_OF_TEXTS = 1_000;

    private final ObjectNode object;
    private final String path;
    private final RequestFaults faults;

    /** Of the attributes of a document, whose faults are told together. */
    Fields(ObjectNode object, RequestFaults faults) {
        this(object, "", faults);
    }

    private Fields(ObjectNode object, String path, RequestFaults faults) {
        this.object = object;
        this.path = path;
        this.faults = faults;
    }

    /** The names of all members. */
    public Collection<String> names() {
        return object.propertyNames();
    }

    public boolean has(String name) {
        return object.has(name);
    }

    public JsonNode node(String name) {
        return object.path(name);
    }

    /** @param name of one member; the client may have chosen it */
    public void problem(String name, String detail) {
        faults.add(path + ProblemSource.part(name), detail);
    }

    /** Leaves a fault for each member that is not there. */
    public void require(String... names) {
        for (var name : names) {
            if (!object.has(name)) {
                problem(name, name + " is required.");
            }
        }
    }

    /** One line of a length between the bounds after trimming; required. */
    public String requiredText(String name, int shortest, int longest) {
        require(name);
        return text(name, shortest, longest).orElse("");
    }

    /** One line of a length between the bounds after trimming; null is a fault. */
    public Optional<String> text(String name, int shortest, int longest) {
        return read(name, shortest, longest).filter(text -> {
            var isLine = text.codePoints().noneMatch(c -> Character.getType(c) == Character.CONTROL && c != '\t');
            if (!isLine) {
                problem(name, name + " must be one line, without control characters.");
            }
            return isLine;
        });
    }

    /** As the other, if the rule finds no fault with it; a fault is a sentence. */
    public Optional<String> text(String name, int shortest, int longest, Function<String, Optional<String>> rule) {
        return text(name, shortest, longest).filter(text -> {
            var fault = rule.apply(text);
            fault.ifPresent(sentence -> problem(name, sentence));
            return fault.isEmpty();
        });
    }

    private Optional<String> read(String name, int shortest, int longest) {
        var value = object.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            problem(name, name + " must be a string.");
            return Optional.empty();
        }
        var text = trimmed(value.stringValue());
        var length = text.codePointCount(0, text.length());
        if (length < shortest || length > longest) {
            problem(name, name + " must have " + shortest + " to " + longest + " characters.");
            return Optional.empty();
        }
        if (hasHalfPair(text)) {
            problem(name, name + " must be Unicode text.");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private static String trimmed(String text) {
        var from = 0;
        var to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (from < to && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** White space of Unicode, all of it in the first plane. */
    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    /** As {@link #text}, of any number of lines; nothing is too short. */
    public Optional<String> prose(String name, int longest) {
        return read(name, 0, longest);
    }

    /** As {@link #nullableText}, of any number of lines. */
    public @Nullable String nullableProse(String name, int longest) {
        return object.path(name).isNull() ? null : prose(name, longest).orElse(null);
    }

    /** One line that may be null; absent and null both give null. */
    public @Nullable String nullableText(String name, int longest) {
        return object.path(name).isNull() ? null : text(name, 0, longest).orElse(null);
    }

    public Optional<Boolean> flag(String name) {
        var value = object.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            problem(name, name + " must be true or false.");
            return Optional.empty();
        }
        return Optional.of(value.booleanValue());
    }

    /** One of the given words. */
    public Optional<String> word(String name, Set<String> words) {
        var value = object.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isString() || !words.contains(value.stringValue())) {
            problem(
                    name,
                    name + " must be one of "
                            + String.join(", ", words.stream().sorted().toList()) + ".");
            return Optional.empty();
        }
        return Optional.of(value.stringValue());
    }

    public String requiredWord(String name, Set<String> words) {
        require(name);
        return word(name, words).orElse("");
    }

    /** A list of texts, none of them blank. */
    public Optional<List<String>> texts(String name) {
        return texts(name, MOST_TEXTS, LONGEST_OF_TEXTS);
    }

    /** As the other, of at most {@code most} texts of {@code longest} characters. */
    public Optional<List<String>> texts(String name, int most, int longest) {
        var value = object.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isArray() || !value.valueStream().allMatch(Fields::isText)) {
            problem(name, name + " must be a list of strings.");
            return Optional.empty();
        }
        var texts = value.valueStream().map(JsonNode::stringValue).toList();
        if (texts.size() > most || texts.stream().anyMatch(text -> text.length() > longest)) {
            problem(name, name + " may have " + most + " strings of " + longest + " characters.");
            return Optional.empty();
        }
        return Optional.of(texts);
    }

    private static boolean isText(JsonNode value) {
        return value.isString() && !value.stringValue().isBlank() && !hasHalfPair(value.stringValue());
    }

    private static boolean hasHalfPair(String text) {
        return text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    public Optional<ObjectNode> object(String name) {
        var value = object.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (value instanceof ObjectNode found) {
            return Optional.of(found);
        }
        problem(name, name + " must be an object.");
        return Optional.empty();
    }

    /** The members of an object, to be read like these. */
    public Optional<Fields> fields(String name) {
        return object(name).map(found -> new Fields(found, path + ProblemSource.part(name) + "/", faults));
    }

    /**
     * An object of any content that is stored and shown again as it is: half of a surrogate pair, in a text or a name, would
     * come back as a question mark, and a number beyond the range of a double as no JSON at all.
     */
    public Optional<ObjectNode> kept(String name) {
        return object(name).filter(found -> {
            var isKept = canBeKept(found);
            if (!isKept) {
                problem(name, name + " must consist of Unicode text and of numbers in the range of a double.");
            }
            return isKept;
        });
    }

    private static boolean canBeKept(JsonNode value) {
        if (value.isString()) {
            return !hasHalfPair(value.stringValue());
        }
        if (value.isNumber()) {
            return Double.isFinite(value.asDouble(Double.NaN));
        }
        return value.propertyNames().stream().noneMatch(Fields::hasHalfPair)
                && value.valueStream().allMatch(Fields::canBeKept);
    }

    /** The faults found so far, for whoever has values to judge that are read here. */
    public RequestFaults faults() {
        return faults;
    }

    /** Refuses the request with all faults found so far, or with its conflicts if it has no others. */
    public void orThrow() {
        faults.orThrow();
    }
}
