package dev.weft.workspace.quota;

import java.util.OptionalLong;

/**
 * A limit that was set.
 *
 * @param limit {@value #UNLIMITED}: none; {@value #DISABLED}: it is as if nobody counted
 */
record Quota(QuotaType type, QuotaContext context, long limit) {

    static final long UNLIMITED = -1;
    static final long DISABLED = 0;

    String contextText() {
        return context.text(type);
    }

    /** Empty when there is no limit. */
    OptionalLong inForce() {
        return limit > 0 ? OptionalLong.of(limit) : OptionalLong.empty();
    }
}
