package dev.weft.identity.userrecord;

import dev.weft.common.event.Outgoing;
import java.time.Instant;
import java.util.List;

/** The notes of users who have left a contract, and are deleted unless somebody needs them. */
public interface UserLeavings {

    /** Notes that the user left a contract, in place of what was noted before; false when there is no such user. */
    boolean noteLeaving(UserLeaving leaving);

    /** Removes that note and leaves the user alone; a later note, which has taken its place, is kept. */
    void forgetLeaving(UserLeaving leaving);

    /** Removes whatever note there is, since somebody needs the user. False when there is no such user. */
    boolean keep(String id);

    /** As that of {@link UserRepository}, but only while that note is still at the user: neither replaced by a later one nor removed. */
    boolean beginDeletion(UserLeaving leaving, List<Outgoing> facts);

    /** What was noted before {@code limit} and is still to be settled. */
    List<UserLeaving> leaving(Instant limit);
}
