package dev.weft.execution.settling;

import dev.weft.execution.queue.Delivery;

/** Where a delivery comes from: who takes from its queue, hears what becomes of it, and rests when told to. */
public interface DeliverySource {

    /** Of what its deliveries come to. */
    PublishOrder order();

    /** A delivery's round has ended. */
    void settled(Delivery delivery);

    /** After a fault of ours: the broker is to deliver it again. */
    void giveBack(Delivery delivery);

    /** No further delivery is begun until as many releases as holds have come. */
    void hold();

    void release();
}
