package dev.weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.weft.common.deletion.DeletionParticipant;
import dev.weft.common.event.Command;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.ServiceQueue;
import dev.weft.common.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

/**
 * {@code docs/events.md} names every fact and command with who tells it and who hears it, and nothing else. What the code
 * does is read from its class files: who names a {@link Fact} and makes messages tells it; who names it for a
 * {@link FactHandler} hears it once for the service, who names it for an {@link InstanceQueue} in each process.
 */
class EventsDocumentTest {

    /** Module by the package of its code. */
    private static final Map<String, String> SERVICES = Map.of(
            "gateway", "gateway",
            "identity", "identity-service",
            "workspace", "workspace-service",
            "registry", "component-registry",
            "flow", "flow-service",
            "execution", "execution-service");

    private static final String COMMON = "common";
    /** What it tells, it tells for all of them. */
    private static final String AUDIT = "dev.weft.common.audit";

    private static final Pattern FACT =
            Pattern.compile("\\| `(\\S+)` \\| ([\\w, ]+) \\| ([\\w, ]+|–) \\| .* \\| .*\\|");
    private static final Pattern COMMAND = Pattern.compile("\\| `(\\S+)` \\| [^|]+ \\| [^|]+ \\|");

    private static final JavaClasses SUITE = SuiteClasses.all();

    /** Who tells and who hears something. */
    private record Parties(Set<String> tell, Set<String> hear) {}

    @Test
    void everyFactStandsInTheDocumentWithWhoTellsAndWhoHearsIt() throws IOException {
        var documented = new TreeMap<String, Parties>();
        for (var row : rows("## Facts", FACT)) {
            var hear = row.get(2).equals("–")
                    ? Set.<String>of()
                    : Set.of(row.get(2).split(", "));
            documented.put(
                    row.get(0), new Parties(new TreeSet<>(Set.of(row.get(1).split(", "))), new TreeSet<>(hear)));
        }

        var real = new TreeMap<String, Parties>();
        for (var fact : Fact.values()) {
            var hear = new TreeSet<>(services(fact, constructs(FactHandler.class)));
            services(fact, calls(InstanceQueue.class, "subscribe")).forEach(service -> hear.add("each " + service));
            real.put(fact.wire(), new Parties(services(fact, calls(Outbox.class, "event")), hear));
        }

        assertThat(documented).containsExactlyInAnyOrderEntriesOf(real);
    }

    @Test
    void everyCommandStandsInTheDocumentAndGoesFromFlowToExecution() throws IOException {
        var documented =
                rows("## Commands", COMMAND).stream().map(row -> row.get(0)).toList();

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Command.values()).map(Command::wire).toList());
        for (var command : Command.values()) {
            assertThat(services(command, calls(Outbox.class, "command"))).containsExactly("flow");
            assertThat(services(command, calls(ServiceQueue.class, "commands"))).containsExactly("execution");
        }
    }

    private static List<List<String>> rows(String heading, Pattern row) throws IOException {
        var text = Files.readString(Path.of("../docs/events.md"));
        var from = text.indexOf(heading);
        var section = text.substring(from, text.indexOf("\n## ", from));
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> {
                    var match = row.matcher(line);
                    assertThat(match.matches())
                            .as("a row of the table: %s", line)
                            .isTrue();
                    return Stream.iterate(1, i -> i <= match.groupCount(), i -> i + 1)
                            .map(match::group)
                            .toList();
                })
                .toList();
    }

    /** Services with a class that names the constant and does this. */
    private static Set<String> services(Enum<?> constant, Predicate<JavaClass> does) {
        return SUITE.stream()
                .filter(type -> names(type, constant))
                .filter(does)
                .flatMap(EventsDocumentTest::services)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What common tells of deletions it tells for the services that take part, the rest for those that ask for grants. */
    private static Stream<String> services(JavaClass type) {
        if (type.getPackageName().equals(AUDIT)) {
            return SERVICES.keySet().stream();
        }
        var module = module(type);
        if (!module.equals(COMMON)) {
            return Stream.of(module);
        }
        return type.getPackageName().equals(DeletionParticipant.class.getPackageName())
                ? takingPartInDeletions()
                : askingForGrants();
    }

    private static String module(JavaClass type) {
        return type.getPackageName().split("\\.")[2];
    }

    private static Stream<String> takingPartInDeletions() {
        return SUITE.stream()
                .filter(type -> !type.isInterface() && type.isAssignableTo(DeletionParticipant.class))
                .map(EventsDocumentTest::module);
    }

    private static boolean names(JavaClass type, Enum<?> constant) {
        return type.getFieldAccessesFromSelf().stream()
                .anyMatch(access -> access.getTargetOwner().isEquivalentTo(constant.getDeclaringClass())
                        && access.getTarget().getName().equals(constant.name()));
    }

    private static Predicate<JavaClass> calls(Class<?> owner, String method) {
        return type -> type.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(owner)
                        && call.getTarget().getName().equals(method));
    }

    private static Predicate<JavaClass> constructs(Class<?> made) {
        return type -> type.getConstructorCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(made));
    }

    /** What common hears, it hears for the services that ask workspace-service for grants. */
    private static Stream<String> askingForGrants() {
        return SERVICES.entrySet().stream()
                .filter(service -> {
                    var yaml = new YamlPropertiesFactoryBean();
                    yaml.setResources(new ClassPathResource(service.getValue() + ".yml"));
                    var settings = Objects.requireNonNull(yaml.getObject());
                    return Stream.of("weft.remote-access", "weft.internal-token")
                            .allMatch(name -> !Objects.equals(settings.get(name), false));
                })
                .map(Map.Entry::getKey);
    }
}
