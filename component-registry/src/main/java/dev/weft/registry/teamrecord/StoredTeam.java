package dev.weft.registry.teamrecord;

import dev.weft.common.event.Outgoing;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** A team as it is stored, its members inside; {@code registryCredentials} is encrypted. */
@Document("teams")
record StoredTeam(
        @Id String id,
        String tenant,
        String contract,
        String name,
        @Nullable String registryUri,
        @Nullable String registryCredentials,
        List<String> members,
        long revision,
        List<Outgoing> outbox) {}
