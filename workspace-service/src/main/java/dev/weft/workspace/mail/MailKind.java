package dev.weft.workspace.mail;

import java.util.Locale;

/** What a mail tells; its wire name is that of its templates. */
public enum MailKind {
    CONTRACT_INVITE,
    WORKSPACE_INVITE,
    WORKSPACE_MEMBER,
    CONTRACT_SUSPENDED,
    CONTRACT_UNSUSPENDED,
    WIPER_STOP_LIMITED_FLOW;

    String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Goes to an address that need not be any user's. */
    boolean isInvite() {
        return this == CONTRACT_INVITE || this == WORKSPACE_INVITE;
    }
}
