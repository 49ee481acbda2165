package dev.weft.workspace.inviterecord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.crypto.Vault;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class InviteTokensTest {

    private static final String ID = "5abbb9d4bc984b000739761a";

    private final InviteTokens tokens = tokens(1);

    @Test
    void tellTheirInviteOnAnyReplica() {
        assertThat(tokens(1).inviteOf(tokens.of(ID))).contains(ID);
        assertThat(tokens.of(ID)).matches("[A-Za-z0-9_-]{67}");
    }

    @Test
    void areGoodWholeAndUnderTheKeyOfTheInstallationOnly() {
        var token = tokens.of(ID);
        var other = "5abbb9d4bc984b000739761b";

        assertThat(tokens(2).inviteOf(token)).isEmpty();
        assertThat(tokens.inviteOf(other + token.substring(24))).isEmpty();
        assertThat(tokens.inviteOf(token.substring(0, 66))).isEmpty();
        assertThat(tokens.inviteOf(token + "A")).isEmpty();
        assertThat(tokens.inviteOf(ID)).isEmpty();
        assertThat(tokens.inviteOf("")).isEmpty();
        assertThat(tokens.inviteOf("x".repeat(67))).isEmpty();
    }

    private static InviteTokens tokens(int key) {
        var bytes = new byte[32];
        bytes[0] = (byte) key;
        return new InviteTokens(new Vault(Base64.getEncoder().encodeToString(bytes)));
    }
}
