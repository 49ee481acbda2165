package dev.weft.execution.mail;

/** A mail could not be sent; the message is fit for the tenant. */
public final class MailFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final boolean passing;
    private final boolean quotingServer;

    MailFailure(String message) {
        this(message, false);
    }

    /** @param passing whether the same mail may be taken later */
    public MailFailure(String message, boolean passing) {
        this(message, passing, false);
    }

    /** @param quotingServer whether the message quotes what the mail server has said */
    MailFailure(String message, boolean passing, boolean quotingServer) {
        super(message, null, false, false);
        this.passing = passing;
        this.quotingServer = quotingServer;
    }

    public String text() {
        return String.valueOf(getMessage());
    }

    public boolean isQuotingServer() {
        return quotingServer;
    }

    public boolean isPassing() {
        return passing;
    }
}
