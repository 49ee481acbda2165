package dev.weft.bench.death;

import dev.weft.bench.ledger.FlowLedger;
import dev.weft.bench.trial.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/** How often a flow's clock has fired. */
final class TimerFirings {

    private TimerFirings() {}

    /** Instants missed while nobody could fire are one firing, so only what came twice is a breach. */
    static void check(Verdict verdict, FlowLedger timer) {
        var keys = new HashMap<String, HashSet<String>>();
        timer.sink()
                .effects()
                .forEach(effect ->
                        keys.computeIfAbsent(effect.id(), _ -> new HashSet<>()).add(effect.key()));
        var twice = keys.entrySet().stream()
                .filter(due -> due.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .toList();
        verdict.checkNone("instants of the timer that fired under two keys, of " + keys.size(), twice);
    }
}
