package dev.weft.bench.launch;

import java.io.IOException;
import java.util.Locale;

/** Ways in which a broker lives, and does not do what it should. */
public enum BrokerSickness {
    /** Its process stands still: connections stay, nothing is confirmed. */
    PAUSED,
    /** Memory is short: it takes no publishes. */
    MEMORY,
    /** The disk is nearly full: the same. */
    DISK,
    /** The queues of the flow have no leader. */
    LEADERLESS,
    /** Each use of a channel ends with an exception. */
    REFUSING,
    /** Connections end every second. */
    CLOSING,
    /** Nobody starts workers of at-least-once dead lettering: new queues that ask for one have no leader. */
    DEAD_LETTERING;

    /** Whether the installation can not do its work meanwhile, and has to say so. */
    public boolean isGrave() {
        return this != CLOSING && this != DEAD_LETTERING;
    }

    /** Whether all goes on but messages of flows: who is short of memory must be able to stop what takes it. */
    public boolean takesCommands() {
        return this == MEMORY || this == DISK;
    }

    /** @param flow whose queues fall ill, where not all do */
    public void begin(LaunchedWeft weft, BrokerNode broker, String flow) throws IOException, InterruptedException {
        switch (this) {
            case PAUSED -> weft.signal("rabbitmq", "STOP");
            case MEMORY -> broker.ask("set_vm_memory_high_watermark", "absolute", "1MB");
            // No disk has so much, so the broker holds every disk for full.
            case DISK -> broker.ask("set_disk_free_limit", "1000000GB");
            case LEADERLESS -> broker.evaluate(ofQueues(flow, "ra:stop_server(quorum_queues, amqqueue:get_pid(Q))"));
            // Connections stay, since permissions are asked for by what is done on a channel.
            case REFUSING -> broker.ask("clear_permissions", "weft");
            case CLOSING ->
                broker.evaluate("spawn(fun() -> F = fun(_, 0) -> ok; (G, N) -> [catch"
                        + " rabbit_networking:close_connection(P, <<\"trial\">>) || P <- rabbit_networking:connections()],"
                        + " timer:sleep(1000), G(G, N - 1) end, F(F, 15) end).");
            case DEAD_LETTERING -> broker.evaluate("supervisor:terminate_child(rabbit_sup, rabbit_fifo_dlx_sup).");
        }
    }

    public void end(LaunchedWeft weft, BrokerNode broker, String flow) throws IOException, InterruptedException {
        switch (this) {
            case PAUSED -> weft.signal("rabbitmq", "CONT");
            case MEMORY -> broker.ask("set_vm_memory_high_watermark", "absolute", "1GB");
            case DISK -> broker.ask("set_disk_free_limit", "256MB");
            case LEADERLESS -> broker.evaluate(ofQueues(flow, "ra:restart_server(quorum_queues, amqqueue:get_pid(Q))"));
            case REFUSING -> broker.ask("set_permissions", "weft", ".*", ".*", ".*");
            case CLOSING -> {
                // It has ended by itself.
            }
            case DEAD_LETTERING -> broker.evaluate("supervisor:restart_child(rabbit_sup, rabbit_fifo_dlx_sup).");
        }
    }

    private static String ofQueues(String flow, String act) {
        // The queues of a run bear its flow in their names. Those of other flows and of the services stay well.
        return "[" + act + " || Q <- rabbit_amqqueue:list(), amqqueue:get_type(Q) =:= rabbit_quorum_queue,"
                + " binary:match(element(4, amqqueue:get_name(Q)), <<\"" + flow + "\">>) =/= nomatch].";
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
