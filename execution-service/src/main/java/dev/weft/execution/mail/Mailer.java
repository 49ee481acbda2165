package dev.weft.execution.mail;

/** Sends mail. */
public interface Mailer {

    /**
     * @return the id of the message, {@code <...@weft>}
     * @throws MailFailure when it can not be sent
     */
    String send(Mail mail);
}
