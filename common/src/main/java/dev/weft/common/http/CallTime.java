package dev.weft.common.http;

import java.lang.ScopedValue.CallableOp;
import java.time.Duration;

/** When the call that a thread makes must be over. What the client calls back knows it only so. */
final class CallTime {

    /** Of {@link System#nanoTime}. */
    private static final ScopedValue<Long> END = ScopedValue.newInstance();

    private CallTime() {}

    static <T, X extends Throwable> T until(long end, CallableOp<T, X> call) throws X {
        return ScopedValue.where(END, end).call(call);
    }

    static Duration left() {
        return Duration.ofNanos(END.get() - System.nanoTime());
    }
}
