package dev.weft.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/permissions.md} names every public endpoint, and none that is not there. */
class PermissionsDocumentTest {

    private static final Pattern ROW =
            Pattern.compile("\\| (GET|POST|PUT|PATCH|DELETE) \\| `(\\S+)` \\| (\\w+) \\| [^|]+ \\|");
    private static final Pattern ENDPOINT = Pattern.compile("(GET|POST|PUT|PATCH|DELETE)\\s+(/v2\\S*)\\s+(\\w+).*");

    @Test
    void theTableIsThatOfTheGateway() throws IOException {
        assertThat(read(Path.of("../docs/permissions.md"), ROW))
                .containsExactlyInAnyOrderElementsOf(
                        read(Path.of("src/main/resources/dev/weft/gateway/route/endpoints.txt"), ENDPOINT));
    }

    private static List<String> read(Path file, Pattern line) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(match -> match.group(1) + " " + match.group(2) + " " + match.group(3))
                .filter(endpoint -> endpoint.contains(" /v2"))
                .toList();
    }
}
