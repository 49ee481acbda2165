package dev.weft.workspace.inviterecord;

import dev.weft.common.crypto.Vault;
import dev.weft.common.id.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * The tokens of invites: the id, and 256 bits that only the installation's key makes of it. So none is stored, every
 * replica can write the mail, and a token ends with its invite.
 */
@Service
public final class InviteTokens {

    private static final String CONTEXT = "invite";
    private static final int ID = 24;

    private final Vault vault;

    InviteTokens(Vault vault) {
        this.vault = vault;
    }

    public String of(String inviteId) {
        return inviteId + vault.seal(inviteId, CONTEXT);
    }

    /** The invite that a token is of, whether or not that still is; empty for what we have not made. */
    public Optional<String> inviteOf(String token) {
        if (token.length() < ID || !Ids.isEntity(token.substring(0, ID))) {
            return Optional.empty();
        }
        var id = token.substring(0, ID);
        // In a time that does not tell how much of it is right.
        return MessageDigest.isEqual(bytes(of(id)), bytes(token)) ? Optional.of(id) : Optional.empty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
