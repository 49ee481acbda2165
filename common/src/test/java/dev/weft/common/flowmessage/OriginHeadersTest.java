package dev.weft.common.flowmessage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginHeadersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Set-Cookie",
                "Service-Worker-Allowed",
                "Clear-Site-Data",
                "Strict-Transport-Security",
                "NEL",
                "Report-To",
                "Reporting-Endpoints",
                "Alt-Svc",
                "Accept-CH",
                "Origin-Agent-Cluster",
                "Public-Key-Pins",
                "Expect-CT",
                "Set-Login",
                "Use-As-Dictionary",
                "Secure-Session-Registration"
            })
    void actOnAllOfTheOrigin(String header) {
        assertThat(OriginHeaders.contains(header)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Type", "Location", "Link", "Cache-Control", "SourceMap", "Access-Control-Allow-Origin"})
    void othersActOnTheAnswerAlone(String header) {
        assertThat(OriginHeaders.contains(header)).isFalse();
    }
}
