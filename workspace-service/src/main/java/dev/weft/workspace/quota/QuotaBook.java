package dev.weft.workspace.quota;

import java.util.List;
import java.util.OptionalLong;
import org.springframework.stereotype.Service;

/** Which limits are in force: the one that is set for the narrowest context holds (api-v2 12). */
@Service
public class QuotaBook {

    private final QuotaRepository quotas;

    QuotaBook(QuotaRepository quotas) {
        this.quotas = quotas;
    }

    /**
     * Empty when there is no limit.
     *
     * @param ids of tenant, contract and workspace, as many as the type is about
     */
    public OptionalLong limit(QuotaType type, String... ids) {
        return limitOr(OptionalLong.empty(), type, ids);
    }

    /**
     * As {@link #limit}.
     *
     * @param unset the limit as long as nobody has set one
     */
    public OptionalLong limitOr(OptionalLong unset, QuotaType type, String... ids) {
        var context = new QuotaContext(List.of(ids));
        return quotas.first(type, context.andWider()).map(Quota::inForce).orElse(unset);
    }
}
