package dev.weft.workspace.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The mails that are wanted. What was sent is remembered for a while, so that it is not sent again. */
public interface MailWants {

    /** Notes it; nothing when it was noted before, even if it was sent since. */
    void add(MailWant want);

    /** What it was to be about did not come to be. False when it does not wait any more. */
    boolean withdraw(String id);

    /** Takes the one that has been due for longest. Whoever does not come back leaves it to others after that time. */
    Optional<MailWant> take(Duration term);

    void done(String id);

    void again(String id, Instant due);

    /** It is not tried any more, and kept for who asks why. */
    void giveUp(String id);

    long waiting();

    void removeBefore(Instant limit);
}
