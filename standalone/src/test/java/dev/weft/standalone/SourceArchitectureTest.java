package dev.weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What class files do not show: the shape of the sources, and modules that nothing depends on. */
class SourceArchitectureTest {

    /** How a repository would write into an outbox by itself. */
    private static final Pattern WRITTEN_BY_HAND =
            Pattern.compile("(?:push|pull|addToSet)\\(\\s*\"outbox\"|append\\(\\s*\"exchange\"");

    private static SuiteSources suite;

    @BeforeAll
    static void read() throws IOException {
        suite = SuiteSources.below(Path.of(".."));
    }

    private static SuiteSources of(String... texts) {
        return new SuiteSources(IntStream.range(0, texts.length)
                .mapToObj(n -> JavaSource.read("module", "Type" + n + ".java", texts[n]))
                .toList());
    }

    private static SuiteSources types(int count, String declaration) {
        return of(Stream.generate(() -> "package dev.weft.a;\n\n" + declaration + " A {}\n")
                .limit(count)
                .toArray(String[]::new));
    }

    @Test
    void allModulesAreLookedAt() {
        assertThat(suite.files().stream().map(JavaSource::module).distinct())
                .contains(
                        "bench",
                        "common",
                        "component-registry",
                        "embedded-store",
                        "execution-service",
                        "expression",
                        "flow-service",
                        "gateway",
                        "identity-service",
                        "sandbox",
                        "standalone",
                        "workspace-service");
    }

    @Test
    void noFileIsTooLong() {
        assertThat(suite.tooLong())
                .as("two responsibilities: split at the second, not at the tenth")
                .isEmpty();
    }

    @Test
    void aFileIsAsLongAsItsCode() {
        var line = "    int a;\n";
        var head = "package dev.weft.a;\n\nclass A {\n";

        assertThat(of(head + line.repeat(347) + "}\n").tooLong()).isEmpty();
        assertThat(of(head + "    // Why.\n\n    /* Not\n     * this. */\n" + line.repeat(347) + "}\n")
                        .tooLong())
                .isEmpty();
        assertThat(of(head + line.repeat(348) + "}\n").tooLong()).hasSize(1);
        assertThat(of(head + "    String s = \"/*\";\n" + line.repeat(347) + "    String t = \"*/\";\n}\n")
                        .tooLong())
                .hasSize(1);
    }

    @Test
    void noPackageIsTooFull() {
        assertThat(suite.tooFull())
                .as("a feature that outgrows its package is two: move one out")
                .isEmpty();
        assertThat(types(15, "class").tooFull()).isEmpty();
        assertThat(types(16, "class").tooFull()).hasSize(1);
    }

    @Test
    void mostTypesAreTheirPackagesOwn() {
        assertThat(suite.tooPublic())
                .as("a feature's entrance is what is public; all else is its own")
                .isEmpty();
        assertThat(types(1, "final class").tooPublic()).isEmpty();
        assertThat(types(1, "public final class").tooPublic()).hasSize(1);
        assertThat(types(1, "// public class\nsealed interface").tooPublic()).isEmpty();
    }

    @Test
    void commentsSayWhy() {
        assertThat(suite.tooSilent())
                .as("traps, rules from outside and what failed are nowhere in the code itself")
                .isEmpty();
        assertThat(types(15, "class").tooSilent()).hasSize(1);
        assertThat(types(15, "// Since otherwise it is silent.\nclass").tooSilent())
                .isEmpty();
        assertThat(types(15, "/** A. */\nclass").tooSilent())
                .as("Javadoc says what")
                .hasSize(1);
        assertThat(of("package dev.weft.a;\n\nclass A {\n    String s = \"http://weft.test\";\n}\n")
                        .tooSilent())
                .as("an address is no comment")
                .hasSize(1);
    }

    @Test
    void packagesFormNoCircle() {
        assertThat(suite.circles())
                .as("one listens to the other, or a third, smaller one hides between them")
                .isEmpty();
    }

    @Test
    void aCircleIsFoundWhateverItsLength() {
        var a = "package dev.weft.a;\n\nimport dev.weft.b.B;\n\nclass A {}\n";
        var b = "package dev.weft.b;\n\nclass B {\n    dev.weft.c.C c;\n}\n";
        var c = "package dev.weft.c;\n\nimport static dev.weft.d.D.d;\n\nclass C {}\n";
        var d = "package dev.weft.d;\n\n/** See {@link dev.weft.a.A}. */\nclass D {}\n";
        var back = "package dev.weft.d;\n\nimport dev.weft.b.B;\n\nclass E {}\n";

        assertThat(of(a, b, c, d).circles()).isEmpty();
        assertThat(of(a, b, c, d, back).circles())
                .isEqualTo(Map.of("module", new TreeSet<>(List.of("dev.weft.b", "dev.weft.c", "dev.weft.d"))));
    }

    @Test
    void outboxesAreWrittenInOnePlace() {
        assertThat(suite.outside("dev.weft.common.outbox", WRITTEN_BY_HAND))
                .as("its shape is between common.outbox and its relay: use RevisionedStore or OutboxField")
                .isEmpty();
        var byHand = "package dev.weft.a;\n\nclass A {\n    Update a = new Update().push(\"outbox\", fact);\n}\n";
        assertThat(of(byHand).outside("dev.weft.common.outbox", WRITTEN_BY_HAND))
                .hasSize(1);
        assertThat(of(byHand.replace("weft.a", "weft.common.outbox"))
                        .outside("dev.weft.common.outbox", WRITTEN_BY_HAND))
                .isEmpty();
    }
}
