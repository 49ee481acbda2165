package dev.weft.workspace.acceptance;

import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.workspace.invite.Newcomer;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The document of who accepts an invite and is no user yet: {@code {"data":{"attributes":{"first_name","last_name","password"}}}}. */
final class NewcomerRequest {

    private static final List<String> TOLD = List.of("first_name", "last_name", "company", "password");

    private final @Nullable JsonNode body;

    NewcomerRequest(@Nullable JsonNode body) {
        this.body = body;
    }

    /** As they were sent; what is wrong with them tells identity-service, as of any new user. */
    Newcomer newcomer() {
        var document = RequestDocument.untyped(body, "user");
        document.fields().orThrow();
        var told = new HashMap<String, Object>();
        for (var name : TOLD) {
            var value = document.attributes().get(name);
            if (value != null) {
                told.put(name, value);
            }
        }
        return new Newcomer(told);
    }
}
