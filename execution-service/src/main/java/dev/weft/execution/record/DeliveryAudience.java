package dev.weft.execution.record;

import java.util.List;

/** Is told of the records that were written; must be quick and fail at nothing, for who writes them waits. */
@FunctionalInterface
public interface DeliveryAudience {
    void written(List<DeliveryRecord> records);
}
