package dev.weft.workspace.contractrecord;

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

    ContractSettings withoutSupportUser(String userId) {
        return new ContractSettings(
                flowStatsEnabledDefault, userId.equals(supportUserId) ? null : supportUserId, customData);
    }

    ContractSettings with(ContractChange change) {
        return new ContractSettings(
                change.flowStatsEnabledDefault() == null ? flowStatsEnabledDefault : change.flowStatsEnabledDefault(),
                change.supportUserId() == null ? supportUserId : change.supportUserId(),
                change.customData() == null ? customData : change.customData());
    }
}
