package dev.weft.common.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemSource.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ErrorDocumentTest {

    private static final Problem PROBLEM = Problem.of(ProblemCode.VALIDATION_FAILED, "It is wrong.");

    private static @Nullable Map<String, String> source(Problem problem) {
        return ErrorDocument.of(List.of(problem)).errors().getFirst().source();
    }

    @Test
    void pointsAtWhatIsToBlame() {
        assertThat(source(PROBLEM.at("name"))).isEqualTo(Map.of("pointer", "/data/attributes/name"));
        assertThat(source(PROBLEM.at("keys/host"))).isEqualTo(Map.of("pointer", "/data/attributes/keys/host"));
        assertThat(source(PROBLEM.at(""))).isEqualTo(Map.of("pointer", "/data/attributes"));
        assertThat(source(PROBLEM.atReference("workspace")))
                .isEqualTo(Map.of("pointer", "/data/relationships/workspace"));
        assertThat(source(PROBLEM.atId())).isEqualTo(Map.of("pointer", "/data/id"));
        assertThat(source(PROBLEM.at(Kind.PLACE, "/data"))).isEqualTo(Map.of("pointer", "/data"));
        assertThat(source(PROBLEM.at(Kind.PARAMETER, "page[size]"))).isEqualTo(Map.of("parameter", "page[size]"));
        assertThat(source(PROBLEM)).isNull();
    }
}
