package dev.weft.workspace.support;

import dev.weft.common.access.Caller;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.memberprofile.MemberProfile;
import dev.weft.workspace.memberprofile.MemberProfiles;
import dev.weft.workspace.tenant.TenantDefaultsSource;
import java.util.Optional;

/** Whom a contract has for support: whom it names itself, else whom its tenant names. */
record SupportUser(TenantDefaultsSource tenants, MemberProfiles profiles) {

    /** Empty when nobody is named, or who is named is gone. */
    Optional<MemberProfile> of(Caller caller, Contract contract) {
        return named(caller, contract).flatMap(id -> profiles.find(caller, contract.tenantId(), id));
    }

    Optional<String> named(Caller caller, Contract contract) {
        return Optional.ofNullable(contract.settings().supportUserId())
                .or(() -> Optional.ofNullable(
                        tenants.of(caller, contract.tenantId()).supportUserId()));
    }
}
