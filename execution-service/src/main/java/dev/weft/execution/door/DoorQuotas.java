package dev.weft.execution.door;

import java.util.OptionalLong;

/** How many calls webhooks may have, as workspace-service knows. */
interface DoorQuotas {

    /**
     * Calls a minute of the webhooks of a contract; empty: any number.
     *
     * @param unset how many while nobody has set it; 0: any number
     */
    OptionalLong callsPerMinute(String contractId, int unset);
}
