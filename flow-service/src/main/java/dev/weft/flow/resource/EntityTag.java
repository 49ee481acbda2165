package dev.weft.flow.resource;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.flow.content.FlowDraft;
import dev.weft.flow.flow.Flow;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The {@code ETag} of a content, and its comparison with {@code If-Match} (RFC 9110, 13.1.1). */
public record EntityTag(String value) {

    public static EntityTag of(Flow flow) {
        return new EntityTag("\"" + flow.edition() + "\"");
    }

    public static EntityTag of(FlowDraft draft) {
        return new EntityTag("\"" + draft.id() + "-" + draft.edition() + "\"");
    }

    /** A draft that is not there matches nothing, not even {@code *}. */
    public static void requireMatch(@Nullable FlowDraft draft, @Nullable String ifMatch) {
        if (draft != null) {
            of(draft).requireMatch(ifMatch);
        } else if (ifMatch != null) {
            throw conflict();
        }
    }

    /** Refuses with {@code conflict} when the client saw another content; absent or {@code *} asks for nothing. */
    public void requireMatch(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.trim().equals("*")) {
            return;
        }
        // If-Match may list several tags; weak ones never match (RFC 9110, 13.1.1).
        if (Arrays.stream(ifMatch.split(",", -1)).map(String::trim).noneMatch(value::equals)) {
            throw conflict();
        }
    }

    private static ProblemException conflict() {
        return Problem.of(ProblemCode.CONFLICT, "If-Match does not hold: it was changed meanwhile.")
                .exception();
    }
}
