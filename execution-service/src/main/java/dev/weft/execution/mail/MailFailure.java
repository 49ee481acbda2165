package dev.weft.execution.mail;

/** A mail could not be sent; the message is fit for the tenant. */
public final class MailFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MailFailure(String message) {
        super(message, null, false, false);
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
