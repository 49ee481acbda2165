package dev.weft.registry.catalogue;

import java.time.Instant;
import java.util.Map;

/**
 * A component of team {@code weft}, written in Java and run by execution-service itself. It has one version, which comes
 * with the release.
 *
 * @param id         the first 24 hex of SHA-1 of {@code weft/<name>}
 * @param revision   SHA-1 of the canonical descriptor
 * @param descriptor the manifest with title, icon, language, triggers, actions and credentials
 */
public record BuiltInComponent(
        String id, String name, String revision, Instant published, Map<String, Object> descriptor) {

    public static final String TEAM = "weft";
    public static final String ACCESS = "global";
    public static final int VERSION_NUMBER = 1;
}
