package dev.weft.flow.content;

import dev.weft.common.id.Ids;
import java.time.Instant;

/**
 * Number and author of the version that the flow's present content was published as.
 *
 * @param id     40 hex, SHA-1 over flow, content, author and time
 * @param number counts the versions of the flow from 1, without gaps
 */
public record LatestVersion(String id, long number, String user, Instant createdAt) {

    public static LatestVersion of(String flowId, long number, FlowContent content, String user, Instant now) {
        // Author and time are part of the id: the same content published again is another version.
        var text = String.join("\n", flowId, Long.toString(number), content.toString(), user, now.toString());
        return new LatestVersion(Ids.sha1(text), number, user, now);
    }
}
