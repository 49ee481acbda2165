package dev.weft.workspace.invite;

import java.util.Map;

/**
 * What somebody who accepts an invite and is no user yet says of himself, as it was sent: {@code first_name},
 * {@code last_name}, {@code company}, {@code password}. Identity-service judges it.
 */
public record Newcomer(Map<String, Object> attributes) {

    public Newcomer {
        attributes = Map.copyOf(attributes);
    }

    @Override
    public String toString() {
        // A record prints its values, and the password must not land in a log line.
        return "Newcomer";
    }
}
