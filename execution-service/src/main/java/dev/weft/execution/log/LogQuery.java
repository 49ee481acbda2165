package dev.weft.execution.log;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which lines of the log of a workspace are asked for (api-v2 11.1): all conditions hold together. */
record LogQuery(
        String workspaceId,
        List<String> flowIds,
        @Nullable Instant from,
        @Nullable Instant to,
        List<Integer> levels,
        String search,
        int offset,
        int limit) {

    /** What is searched, in any case of any script, as stores find it. */
    Pattern pattern() {
        return Pattern.compile(Pattern.quote(search), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
