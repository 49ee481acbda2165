package dev.weft.execution.queue;

/** Why a message is not safe in a queue. Without a stack: it is an answer of the broker, not a fault of ours. */
public abstract sealed class PublishFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private PublishFailure(String message) {
        super(message, null, false, false);
    }

    /** The queue is full. */
    public static final class QueueFull extends PublishFailure {
        private static final long serialVersionUID = 1L;

        public QueueFull(String key) {
            super("The queue " + key + " is full.");
        }
    }

    /** There is no queue of that name. */
    public static final class Unroutable extends PublishFailure {
        private static final long serialVersionUID = 1L;

        public Unroutable(String key) {
            super("There is no queue " + key + ".");
        }
    }

    /** The broker has not answered for long: the message may be in the queue or not. */
    public static final class Unanswered extends PublishFailure {
        private static final long serialVersionUID = 1L;

        public Unanswered(String key) {
            super("The broker has not confirmed a message to " + key + ".");
        }
    }

    /** No connection, or it was lost before the broker answered: the message may be in the queue or not. */
    public static final class BrokerGone extends PublishFailure {
        private static final long serialVersionUID = 1L;

        public BrokerGone() {
            super("The message broker can not be reached.");
        }
    }
}
