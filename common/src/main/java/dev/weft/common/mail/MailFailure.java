package dev.weft.common.mail;

/** A mail could not be sent; the message is fit for the tenant. */
public final class MailFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final boolean passing;
    private final boolean quoting;

    MailFailure(String message) {
        this(message, false);
    }

    /** @param passing whether the same mail may be taken later */
    public MailFailure(String message, boolean passing) {
        this(message, passing, false);
    }

    /** @param quoting whether the message quotes the mail, or what the mail server has said */
    public MailFailure(String message, boolean passing, boolean quoting) {
        super(message, null, false, false);
        this.passing = passing;
        this.quoting = quoting;
    }

    /** One whose message quotes the mail, or may do so, since it is a library's. */
    static MailFailure quoting(String message) {
        return new MailFailure(message, false, true);
    }

    public String text() {
        return String.valueOf(getMessage());
    }

    public boolean isQuoting() {
        return quoting;
    }

    public boolean isPassing() {
        return passing;
    }
}
