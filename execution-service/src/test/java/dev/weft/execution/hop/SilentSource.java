package dev.weft.execution.hop;

import dev.weft.execution.queue.Delivery;
import dev.weft.execution.settling.PublishOrder;
import dev.weft.execution.settling.PublishOrder.DeliverySource;

/** Of a delivery that a test has made. */
final class SilentSource implements DeliverySource {

    private final PublishOrder order = new PublishOrder(this);

    @Override
    public PublishOrder order() {
        return order;
    }

    @Override
    public void settled(Delivery delivery) {
        // The test looks at its settling.
    }

    @Override
    public void giveBack(Delivery delivery) {
        throw new AssertionError("Nothing is given back.");
    }

    @Override
    public void hold() {
        // Nothing else is begun.
    }

    @Override
    public void release() {
        // Nothing else is begun.
    }
}
