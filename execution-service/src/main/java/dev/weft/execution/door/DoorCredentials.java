package dev.weft.execution.door;

import java.util.Map;
import java.util.Optional;

/** The values of credentials, which workspace-service keeps. */
interface DoorCredentials {

    /** The decrypted keys; empty when there is no such credential. */
    Optional<Map<String, Object>> keys(String credentialId);
}
