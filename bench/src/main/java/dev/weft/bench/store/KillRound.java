package dev.weft.bench.store;

import java.time.Duration;
import java.util.Set;

/**
 * @param checked documents of all rounds until now
 * @param lost whose last acknowledged state is not there
 * @param half found by id and not by each index, or the other way round, or gone and not insertable again
 */
record KillRound(int checked, Set<String> lost, Set<String> half, Duration recovery) {}
