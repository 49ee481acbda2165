package dev.weft.common.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoggedPathTest {

    @Test
    void showsIdsAndNoTokens() {
        var token = "5abbb9d4bc984b000739761a" + "x".repeat(43);

        assertThat(LoggedPath.of("/v2/invites/" + token + "/accept")).isEqualTo("/v2/invites/***/accept");
        assertThat(LoggedPath.of("/v2/invites/" + token)).isEqualTo("/v2/invites/***");
        assertThat(LoggedPath.of("/v2/flows/5abbb9d4bc984b000739761a/versions/" + "0".repeat(40) + "?a=b"))
                .isEqualTo("/v2/flows/5abbb9d4bc984b000739761a/versions/" + "0".repeat(40) + "?a=b");
    }
}
