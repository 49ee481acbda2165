package dev.weft.gateway.webhook.reply;

/** A flow's reply that can not be sent as it is; nothing in it is changed silently (api-v2 11.6). */
final class UnfitReply extends Exception {

    private static final long serialVersionUID = 1L;

    private final String why;

    UnfitReply(String why) {
        super(why);
        this.why = why;
    }

    @Override
    public String getMessage() {
        return why;
    }
}
