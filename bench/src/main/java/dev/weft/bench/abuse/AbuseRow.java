package dev.weft.bench.abuse;

import java.io.IOException;
import java.time.Duration;

/** One way to take an installation's processors, memory or queues away from the others. */
enum AbuseRow {
    EXPRESSIONS("expressions that do not end, two calls of each"),
    SPLITS("splitters and joined layers that make millions of messages"),
    LYING_SERVERS(
            "1,000 requests at once to servers that announce ten mebibytes and send one byte",
            TrafficAbuse.ASKED,
            AbuseRow.FLOOD),
    WITHHELD_LOG_INS(
            "66 bodies of 5 MiB to the token endpoint without their last byte", TrafficAbuse.CONNECTED, AbuseRow.FLOOD),
    HALF_SENT_HEADS("6,300 heads of requests without their end", TrafficAbuse.CONNECTED, AbuseRow.FLOOD),
    WITHHELD_CALLS(
            "32 bodies of 10 MiB to an open webhook without their last byte", TrafficAbuse.CONNECTED, AbuseRow.FLOOD),
    BODIES("forms and XML of ten million bytes of repeated keys and elements", "200", AbuseRow.FLOOD),
    LARGE_LISTS("50 flows of 0.65 MB, listed by 8 clients at once, five times", "200", AbuseRow.FLOOD),
    QUEUES("flows of 999 and of 199 steps with a queue each, more than a contract may have", Abuser.STARTED),
    MEMORY_BOMBS("24 calls of code that takes all memory it can get"),
    EXPRESSION_BOMBS("24 calls of an expression that takes all memory it can get");

    /** What one's own work costs the others. */
    private static final int WORK = 300;
    /**
     * Hundreds of megabytes or thousands of connections within a second or two: to make them takes the processors of
     * this machine too, whatever Weft does with them.
     */
    private static final int FLOOD = 1500;

    private final String text;
    private final String sign;
    private final int floor;

    AbuseRow(String text) {
        this(text, "200");
    }

    AbuseRow(String text, String sign) {
        this(text, sign, WORK);
    }

    AbuseRow(String text, String sign, int floor) {
        this.text = text;
        this.sign = sign;
        this.floor = floor;
    }

    /** The p99 of the others below which it is not asked what it was before, in ms. */
    public int floor() {
        return floor;
    }

    public String text() {
        return text;
    }

    /** What the abuser has seen when it took place: where all of it was refused at once, nothing is shown. */
    public boolean tookPlace(Abuser abuser) {
        return abuser.answers().has(sign);
    }

    /** Does it for so long, and returns while it may still have effects. */
    public void run(Abuser abuser, Duration hold) throws IOException, InterruptedException {
        var end = System.nanoTime() + hold.toNanos();
        begin(abuser, hold);
        var left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        Thread.sleep(left);
    }

    private void begin(Abuser abuser, Duration hold) throws IOException, InterruptedException {
        switch (this) {
            case EXPRESSIONS -> FlowAbuse.expressions(abuser);
            case SPLITS -> FlowAbuse.splits(abuser);
            case LYING_SERVERS -> TrafficAbuse.lyingServers(abuser, hold);
            case WITHHELD_LOG_INS -> TrafficAbuse.logIns(abuser, hold);
            case HALF_SENT_HEADS -> TrafficAbuse.heads(abuser, hold);
            case WITHHELD_CALLS -> TrafficAbuse.calls(abuser, hold);
            case BODIES -> TrafficAbuse.bodies(abuser);
            case LARGE_LISTS -> TrafficAbuse.lists(abuser);
            case QUEUES -> FlowAbuse.queues(abuser);
            case MEMORY_BOMBS -> FlowAbuse.memoryBombs(abuser);
            case EXPRESSION_BOMBS -> FlowAbuse.expressionBombs(abuser);
        }
    }
}
