package dev.weft.registry.teamrecord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.crypto.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TeamTest {

    private static final Secret SECRET = new Secret("{}");

    private final Team team = Team.open("t", "tenant", "contract", "devs", null, "ada");

    @Test
    void everyChangeIsSavedOverTheRevisionBefore() {
        assertThat(team.revision()).isEqualTo(1);
        assertThat(team.adding("ben").revision()).isEqualTo(2);
        assertThat(team.without("ada").revision()).isEqualTo(2);
        assertThat(team.with(new TeamChange("others", DockerRegistryChange.none()))
                        .revision())
                .isEqualTo(2);
        assertThat(team.afterLossOf("ada", Optional.of("eve")).revision()).isEqualTo(2);
    }

    @Test
    void aTeamThatOthersAreInPassesToNobody() {
        assertThat(team.adding("ben").afterLossOf("ada", Optional.of("eve")).members())
                .containsExactly("ben");
    }

    @Test
    void aTeamThatNobodyElseIsInPassesToTheHeir() {
        assertThat(team.afterLossOf("ada", Optional.of("eve")).members()).containsExactly("eve");
        assertThat(team.afterLossOf("ada", Optional.empty()).members()).isEmpty();
    }

    @Test
    void credentialsThatAreNotSentStayForTheSameAddressOnly() {
        var present = new DockerRegistry("r.example.com", SECRET);

        assertThat(new DockerRegistryChange("r.example.com", false, null).applyTo(present))
                .isEqualTo(present);
        assertThat(new DockerRegistryChange("elsewhere.example.com", false, null).applyTo(present))
                .isEqualTo(new DockerRegistry("elsewhere.example.com", null));
        assertThat(new DockerRegistryChange("r.example.com", true, null).applyTo(present))
                .isEqualTo(new DockerRegistry("r.example.com", null));
        assertThat(DockerRegistryChange.none().applyTo(present)).isNull();
    }
}
