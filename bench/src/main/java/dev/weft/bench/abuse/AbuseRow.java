package dev.weft.bench.abuse;

import java.io.IOException;
import java.time.Duration;

/** One way to take an installation's processors, memory or queues away from the others. */
enum AbuseRow {
    EXPRESSIONS("expressions that do not end, two calls of each"),
    SPLITS("splitters and joined layers that make millions of messages"),
    LYING_SERVERS(
            "1,000 requests at once to servers that announce ten mebibytes and send one byte", TrafficAbuse.ASKED),
    WITHHELD_LOG_INS("66 bodies of 5 MiB to the token endpoint without their last byte", TrafficAbuse.CONNECTED),
    HALF_SENT_HEADS("6,300 heads of requests without their end", TrafficAbuse.CONNECTED),
    WITHHELD_CALLS("32 bodies of 10 MiB to an open webhook without their last byte", TrafficAbuse.CONNECTED),
    BODIES("forms and XML of ten million bytes of repeated keys and elements"),
    LARGE_LISTS("50 flows of 0.65 MB, listed by 8 clients at once, five times"),
    QUEUES("flows of 999 and of 199 steps with a queue each, more than a contract may have", Abuser.STARTED),
    MEMORY_BOMBS("24 calls of code that takes all memory it can get"),
    EXPRESSION_BOMBS("24 calls of an expression that takes all memory it can get");

    private final String text;
    private final String sign;

    AbuseRow(String text) {
        this(text, "200");
    }

    AbuseRow(String text, String sign) {
        this.text = text;
        this.sign = sign;
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
