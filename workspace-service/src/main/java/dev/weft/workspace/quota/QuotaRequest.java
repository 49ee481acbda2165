package dev.weft.workspace.quota;

import dev.weft.common.jsonapi.RequestDocument;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The document of a quota: {@code {"data":{"type":"quota","attributes":{"limit":3}}}}. The product's public
 * documentation writes the limit beside the attributes, {@code {"data":{"limit":3}}}, which is taken too.
 */
final class QuotaRequest {

    private static final String LIMIT = "limit";

    private final @Nullable JsonNode body;

    QuotaRequest(@Nullable JsonNode body) {
        this.body = body;
    }

    long limit() {
        var document = RequestDocument.untyped(body, QuotaResource.TYPE);
        var fields = document.fields();
        var sent = fields.has(LIMIT) || body == null
                ? fields.node(LIMIT)
                : body.path("data").path(LIMIT);
        if (sent.isMissingNode()) {
            fields.require(LIMIT);
        } else if (!sent.isIntegralNumber() || !sent.canConvertToInt() || sent.intValue() < Quota.UNLIMITED) {
            fields.problem(LIMIT, "limit must be an integer: -1 for no limit, 0 to disable the quota, or more.");
        }
        fields.orThrow();
        return sent.longValue();
    }
}
