package dev.weft.common.mail;

import java.time.Duration;

/** Sends mail. */
public interface Mailer {

    /**
     * @return the id of the message, {@code <...@weft>}
     * @throws MailFailure when it can not be sent
     */
    String send(Mail mail);

    /** How long {@link #send} may take at most. */
    default Duration longest() {
        return Duration.ZERO;
    }
}
