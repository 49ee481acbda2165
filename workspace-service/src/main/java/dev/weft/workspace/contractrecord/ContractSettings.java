package dev.weft.workspace.contractrecord;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What may be set on a contract and need not be.
 *
 * @param customData the text of a JSON object, which may have any member names
 */
public record ContractSettings(
        @Nullable Boolean flowStatsEnabledDefault,
        @Nullable String supportUserId,
        @Nullable String customData) {

    static ContractSettings none() {
        return new ContractSettings(null, null, null);
    }

    /** With what a request has changed as it was before, except what has been changed again since. */
    ContractSettings withoutChange(ContractSettings before, ContractSettings after) {
        return new ContractSettings(
                former(flowStatsEnabledDefault, before.flowStatsEnabledDefault, after.flowStatsEnabledDefault),
                former(supportUserId, before.supportUserId, after.supportUserId),
                former(customData, before.customData, after.customData));
    }

    private static <T> @Nullable T former(@Nullable T now, @Nullable T before, @Nullable T after) {
        return Objects.equals(now, after) ? before : now;
    }

    ContractSettings with(ContractChange change) {
        return new ContractSettings(
                change.flowStatsEnabledDefault() == null ? flowStatsEnabledDefault : change.flowStatsEnabledDefault(),
                change.supportUserId() == null ? supportUserId : change.supportUserId(),
                change.customData() == null ? customData : change.customData());
    }
}
