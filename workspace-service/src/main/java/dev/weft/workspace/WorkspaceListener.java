package dev.weft.workspace;

import dev.weft.common.messaging.DomainEvent;
import dev.weft.common.messaging.EventHandler;
import dev.weft.workspace.contract.ContractSuspensionService;
import dev.weft.workspace.credential.CredentialService;
import dev.weft.workspace.home.TenantHomes;
import dev.weft.workspace.membership.MembershipFacts;
import dev.weft.workspace.workspace.ContractDepartures;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Facts in, use cases out. Each of them may come twice: what it asks for is then done already, and nothing happens. */
@Service
final class WorkspaceListener implements EventHandler {

    static final String[] TYPES = {
        "tenant.created", MembershipFacts.CHANGED, "workspace.deleting", "flows.stopped-for-contract"
    };

    private final TenantHomes homes;
    private final ContractDepartures departures;
    private final CredentialService credentials;
    private final ContractSuspensionService suspensions;

    WorkspaceListener(
            TenantHomes homes,
            ContractDepartures departures,
            CredentialService credentials,
            ContractSuspensionService suspensions) {
        this.homes = homes;
        this.suspensions = suspensions;
        this.departures = departures;
        this.credentials = credentials;
    }

    @Override
    public void handle(DomainEvent event) {
        switch (event.type()) {
            case "tenant.created" -> homes.open(event.subjectId(), text(event, "admin_user_id"));
            case MembershipFacts.CHANGED -> membershipChanged(event);
            case "workspace.deleting" -> credentials.deleteAllOf(event.subjectId());
            case "flows.stopped-for-contract" -> suspensions.finish(event.subjectId());
            default -> throw new IllegalArgumentException(event.type());
        }
    }

    private void membershipChanged(DomainEvent event) {
        if (!List.of().equals(event.payload().get("roles"))) {
            return;
        }
        var userId = Objects.requireNonNull(text(event, "user_id"));
        if ("contract".equals(text(event, "scope"))) {
            departures.apply(event.subjectId(), userId, Objects.requireNonNullElse(event.actorId(), ""));
            return;
        }
        var heir = text(event, "heir_id");
        if (heir != null) {
            credentials.passOn(event.subjectId(), userId, heir);
        }
    }

    private static @Nullable String text(DomainEvent event, String name) {
        return event.payload().get(name) instanceof String text ? text : null;
    }
}
