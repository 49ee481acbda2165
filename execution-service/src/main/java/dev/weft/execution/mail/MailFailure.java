package dev.weft.execution.mail;

/** A mail could not be sent; the message is fit for the tenant. */
public final class MailFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final boolean passing;

    MailFailure(String message) {
        this(message, false);
    }

    /** @param passing whether the same mail may be taken later */
    public MailFailure(String message, boolean passing) {
        super(message, null, false, false);
        this.passing = passing;
    }

    public String text() {
        return String.valueOf(getMessage());
    }

    public boolean isPassing() {
        return passing;
    }
}
