package dev.weft.bench.faults;

import dev.weft.bench.ledger.CallAccount;
import dev.weft.bench.ledger.FaultFlow;
import java.time.Duration;
import java.util.Locale;

/**
 * What a fault did to the calls that were under way.
 *
 * @param account of their effects
 * @param up how long the launcher took until all parts were ready again
 * @param again from the death of the part to the first effect of a call that began after it; of a timer: how late the
 *     firing came that was due at the death
 * @param silence the longest time from the death on without any effect of calls
 */
record FaultOutcome(CallAccount account, Duration up, Duration again, Duration silence) {

    static final String HEADING =
            "| killed | flow | promised | arrived | lost | repeated | other key | up s | again s | silence s |";

    boolean keepsThePromise() {
        return account.keepsThePromise();
    }

    String row(FaultKind fault, FaultFlow flow) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %d | %d | %d | %.1f | %.1f | %.1f |",
                fault.name().toLowerCase(Locale.ROOT),
                flow.label(),
                account.promised(),
                account.arrived(),
                account.lost().size(),
                account.repeated(),
                account.otherKey(),
                up.toMillis() / 1e3,
                again.toMillis() / 1e3,
                silence.toMillis() / 1e3);
    }
}
