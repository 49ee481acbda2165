package dev.weft.bench.change;

import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.ledger.Patience;
import dev.weft.bench.measure.RefusedCall;
import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts and stops of flows, and what becomes of them. */
record StormWishes(WeftApi api) {

    /** For a flow to get where it is wished; one that can not be started is given up after a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    Patience patience() {
        return new Patience(PATIENCE);
    }

    /** Until it is taken. */
    void come(String flow, String wish, Map<String, Integer> answers) throws IOException, InterruptedException {
        patience().run(() -> wish(flow, wish, answers));
    }

    /** A flow that is so already is as good as one that becomes it. */
    private void wish(String flow, String wish, Map<String, Integer> answers) throws IOException, InterruptedException {
        try {
            api.call("POST", "/v2/flows/" + flow + "/" + wish, "");
            answers.merge(wish + " 202", 1, Integer::sum);
        } catch (RefusedCall e) {
            answers.merge(wish + " " + e.status(), 1, Integer::sum);
            // Another attempt, or the pair before, has made it so already.
            if (e.status() != 409) {
                throw e;
            }
        }
    }

    /** Those that do not get there, all of them waited for at once. */
    List<String> await(String wanted, List<FlowLedger> all) throws IOException, InterruptedException {
        return patience().until(List::isEmpty, () -> {
            var others = new ArrayList<String>();
            for (var flow : all) {
                var status = api.status(flow.flow());
                if (!status.equals(wanted)) {
                    others.add(flow.kind().label() + " " + flow.flow() + " " + status);
                }
            }
            return others;
        });
    }
}
