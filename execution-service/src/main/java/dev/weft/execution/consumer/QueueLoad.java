package dev.weft.execution.consumer;

/**
 * How much processes hold of a queue.
 *
 * @param consumers of these processes
 * @param begun     deliveries in work, or waiting to be acknowledged
 * @param waiting   deliveries taken and not begun
 */
public record QueueLoad(int consumers, long begun, long waiting) {

    public static final QueueLoad NONE = new QueueLoad(0, 0, 0);

    public QueueLoad plus(QueueLoad other) {
        return new QueueLoad(consumers + other.consumers, begun + other.begun, waiting + other.waiting);
    }
}
