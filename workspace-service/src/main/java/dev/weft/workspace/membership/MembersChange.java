package dev.weft.workspace.membership;

import dev.weft.common.problem.Problem;

/** What became of a wish to change the members. */
public sealed interface MembersChange {
    /** The members as they shall be. */
    record Accepted(Members members) implements MembersChange {}

    /** Why nothing changes. */
    record Refused(Problem why) implements MembersChange {}

    /** The members as they shall be, or the refusal thrown. */
    default Members orThrow() {
        return switch (this) {
            case Accepted(var members) -> members;
            case Refused(var why) -> throw why.exception();
        };
    }
}
