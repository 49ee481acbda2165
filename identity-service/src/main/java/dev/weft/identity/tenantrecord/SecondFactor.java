package dev.weft.identity.tenantrecord;

/** Whether people of a tenant log in with a one-time password too: by the flags {@code enabled_totp}, {@code forced_totp}. */
public enum SecondFactor {
    /** Nobody does; what they had set up is taken away when this comes into force. */
    OFF,
    /** Who has set one up does. */
    ALLOWED,
    /** All do: who has not set one up must do so at the next log-in at a page. */
    FORCED
}
