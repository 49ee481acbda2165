package dev.weft.bench.ledger;

import dev.weft.bench.measure.WeftApi;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The executions of a flow as the API lists them: status by id. */
public record Executions(Map<String, String> statuses) {

    private static final int PAGE = 100;

    public static Executions of(WeftApi api, String flow) throws IOException, InterruptedException {
        var statuses = new HashMap<String, String>();
        for (var page = 1; ; page++) {
            var path = "/v2/flows/" + flow + "/executions?page%5Bsize%5D=" + PAGE + "&page%5Bnumber%5D=" + page;
            var listed = api.call("GET", path, "").path("data");
            listed.forEach(execution -> statuses.put(
                    execution.path("id").stringValue(),
                    execution.path("attributes").path("status").stringValue()));
            if (listed.size() < PAGE) {
                return new Executions(statuses);
            }
        }
    }

    /** Which of these have no execution that has ended. */
    public List<String> unended(Collection<String> wanted) {
        return wanted.stream()
                .filter(id -> statuses.getOrDefault(id, "running").equals("running"))
                .toList();
    }

    /** All that have not ended, wanted or not. */
    public List<String> running() {
        return statuses.entrySet().stream()
                .filter(execution -> execution.getValue().equals("running"))
                .map(Map.Entry::getKey)
                .toList();
    }
}
