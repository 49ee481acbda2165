package dev.weft.identity.user;

import dev.weft.common.access.Caller;
import dev.weft.common.remote.RemoteCalls;
import org.springframework.stereotype.Service;

/** Asks workspace-service, as the caller. */
@Service
class RemoteSharedContracts implements SharedContracts {

    private final SharedContractsApi api;
    private final RemoteCalls calls;

    RemoteSharedContracts(SharedContractsApi api, RemoteCalls calls) {
        this.api = api;
        this.calls = calls;
    }

    @Override
    public boolean share(Caller caller, String otherUserId) {
        return calls.read("workspace", () -> api.shared(caller.bearer(), caller.id(), otherUserId))
                .shared();
    }
}
