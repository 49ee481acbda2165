package dev.weft.common.audit;

import dev.weft.common.id.Ids;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request does: its name {@code object.verb}, and the path it is asked for at.
 *
 * @param segments of the path's pattern, {@code ["v2","flows","{flow}","start"]}
 */
public record AuditAction(String name, List<String> segments) {

    /** Who has it may do what the path says; it names nothing. */
    private static final String TOKEN = "{token}";
    /** A quota has no identifier: it is named by its type and by the places that it is set for. */
    private static final String CONTEXT = "{context}";

    private static final String DIGITS = "[0-9a-f]{24}";
    /** Closer than "any word", since any word may be a secret that somebody put there by mistake. */
    private static final Pattern QUOTA = Pattern.compile("per_(?:tenant|contract|workspace)_[a-z_]{1,50}/" + "(?:ANY|"
            + DIGITS + "(?:\\." + DIGITS + "){0,2})(?:\\.ANY){0,2}");

    private static final List<String> PLACES = List.of("tenant", "contract", "workspace");

    static AuditAction of(String name, String pattern) {
        return new AuditAction(name, split(pattern));
    }

    private static List<String> split(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    /** The JSON:API type of what it is done to. */
    public String object() {
        return name.substring(0, name.indexOf('.'));
    }

    String verb() {
        return name.substring(name.indexOf('.') + 1);
    }

    /** Then the path does not name the object, which is made, but at most where it is made. */
    boolean creates() {
        // A path that ends with an identifier has none made below it: there such a method is refused.
        return verb().equals("create") && !segments.getLast().startsWith("{");
    }

    /** Then the answer says better than the path what the object is: one may be spelled in several ways. */
    boolean isOfQuota() {
        return segments.contains(CONTEXT);
    }

    /** The identifier of what the path names last, if it is one; the actor's own below {@code /v2/users/me}. */
    public Optional<String> objectIn(String path, String actorId) {
        if (segments.contains("me")) {
            return Optional.of(actorId);
        }
        if (creates() || segments.contains(TOKEN)) {
            return Optional.empty();
        }
        if (isOfQuota()) {
            return quota(path);
        }
        for (var at = segments.size() - 1; at >= 0; at--) {
            if (segments.get(at).startsWith("{")) {
                return id(path, at);
            }
        }
        return Optional.empty();
    }

    /** The identifier that the path names as {@code contract}, {@code workspace} or {@code tenant}. */
    public Optional<String> in(String path, String variable) {
        if (isOfQuota()) {
            return inContext(path, PLACES.indexOf(variable));
        }
        var at = segments.indexOf("{" + variable + "}");
        return at < 0 ? Optional.empty() : id(path, at);
    }

    private Optional<String> quota(String path) {
        var asked = split(path);
        var at = segments.indexOf(CONTEXT);
        return at < asked.size()
                ? Optional.of(asked.get(at - 1) + "/" + asked.get(at)).filter(AuditAction::isQuota)
                : Optional.empty();
    }

    private Optional<String> inContext(String path, int place) {
        var places = quota(path)
                .map(quota -> quota.substring(quota.indexOf('/') + 1).split("\\.", -1))
                .orElseGet(() -> new String[0]);
        return place >= 0 && place < places.length
                ? Optional.of(places[place]).filter(Ids::isEntity)
                : Optional.empty();
    }

    private static Optional<String> id(String path, int at) {
        var asked = split(path);
        // Nothing but identifiers: whatever else a caller writes there, such as a token, is not for a log.
        return at < asked.size() ? Optional.of(asked.get(at)).filter(AuditAction::isId) : Optional.empty();
    }

    /** Whether it has the form of an identifier of this API; nothing else of a path is kept. */
    public static boolean isId(String text) {
        return Ids.isEntity(text)
                || Ids.isExecution(text)
                || Ids.isVersion(text)
                || Ids.isAccessKey(text)
                || isQuota(text);
    }

    private static boolean isQuota(String text) {
        return QUOTA.matcher(text).matches();
    }
}
