package dev.weft.identity.tenantrecord;

/** The names that accounts of the data family were given: no tenant may have one as its code, which names its account. */
public interface AccountNames {

    /** Whether it is the name of another tenant's account. */
    boolean isTaken(String name, String tenantId);
}
