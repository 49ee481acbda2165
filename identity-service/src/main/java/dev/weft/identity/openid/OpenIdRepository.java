package dev.weft.identity.openid;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The foreign identities of all users. */
public interface OpenIdRepository {

    /** Whose they are, by ascending id; null stands for any. */
    List<String> users(@Nullable String tenantId, @Nullable String iss, @Nullable String sub);

    /** The one of a tenant. */
    Optional<OpenIdIdentity> find(String tenantId, String iss, String sub);

    Optional<OpenIdIdentity> find(String id);

    /** False when somebody of the tenant has it already. */
    boolean insert(OpenIdIdentity identity);

    void remove(String id);

    void removeOf(String userId);
}
