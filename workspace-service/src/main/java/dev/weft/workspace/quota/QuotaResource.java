package dev.weft.workspace.quota;

import dev.weft.common.jsonapi.Resource;

/** A quota on the wire (api-v2 12). */
final class QuotaResource {

    static final String TYPE = "quota";

    private QuotaResource() {}

    static Resource of(Quota quota) {
        var id = quota.type().wire() + "/" + quota.contextText();
        return Resource.of(TYPE, id, "/v2/quotas/" + id)
                .attribute("quota_type", quota.type().wire())
                .attribute("context", quota.contextText())
                .attribute("limit", quota.limit());
    }
}
