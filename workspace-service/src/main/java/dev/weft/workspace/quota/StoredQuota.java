package dev.weft.workspace.quota;

import dev.weft.common.event.Outgoing;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** {@code {_id: type/context, type, ids: [tenant, contract, workspace], limit, outbox}}. */
@Document(StoredQuota.COLLECTION)
record StoredQuota(
        @Id String id,
        String type,
        List<String> ids,
        long limit,
        @Nullable List<Outgoing> outbox) {

    static final String COLLECTION = "quotas";

    static String id(QuotaType type, QuotaContext context) {
        return type.wire() + "/" + context.text(type);
    }

    Quota toQuota() {
        return new Quota(QuotaType.find(type).orElseThrow(), new QuotaContext(ids), limit);
    }
}
