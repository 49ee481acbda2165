package dev.weft.identity.tenantrecord;

import java.util.Optional;
import java.util.function.Supplier;

/** The names that accounts of the data family were given: no tenant may have one as its code, which names its account. */
public interface AccountNames {

    /** Whether it is the name of another tenant's account. */
    boolean isTaken(String name, String tenantId);

    /**
     * Has the work done, which looks whether the name is free and then stores it as a tenant's, while nobody else may do so:
     * codes and names are in two collections, and no index sees both.
     *
     * @return empty when a tenant is being given the name at this moment, be it the same; then the work is not done
     */
    <T> Optional<T> whileHeld(String name, Supplier<T> work);
}
