package dev.weft.standalone.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.standalone.suite.DescribedApi.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Who gets in where: every described endpoint, without credentials, as the admin of another tenant, and as each default
 * role. A new endpoint is tested as soon as it is described, which {@code ApiDescriptionsTest} asks for.
 */
@ExtendWith(LogsOfFailure.class)
class IsolationIT {

    private static final int AT_ONCE = 8;
    private static final Set<String> ANONYMOUS = Set.of("POST /v2/invites/{token}/accept");

    /** Of what is not asked as each role. */
    private static final Set<String> LEFT_OUT = Set.of(
            // Nobody is asked who he is.
            "POST /v2/invites/{token}/accept",
            // It ends the key by which the role calls; each role was made by it.
            "POST /v2/users/me/generate-api-key",
            // Nobody but the owner of the key: all others are strangers.
            "GET /v2/sshkeys/{key}",
            "DELETE /v2/sshkeys/{key}");

    /** Global, whoever asks; and what names a thing of another kind only. */
    private static final Set<String> OF_NO_TENANT = Set.of("component", "revision", "type", "attachment");

    /** It tells a stranger of his own calls, and so of what he has named in them. */
    private static final Set<String> OWN_WORDS = Set.of("GET /v2/audit");

    private static IsolationStage stage;

    @BeforeAll
    static void build() {
        stage = new IsolationStage(Topology.shared());
    }

    static List<Operation> asked() {
        return DescribedApi.operations().stream()
                .filter(operation -> !LEFT_OUT.contains(name(operation)))
                .toList();
    }

    static Stream<String> leftOut() {
        return LEFT_OUT.stream();
    }

    private static String name(Operation operation) {
        return operation.method() + " " + operation.path();
    }

    @Test
    void nobodyComesInWithoutCredentials() throws Exception {
        var nobody = stage.nobody();
        var calls = new ArrayList<Callable<String>>();
        for (var operation : DescribedApi.operations()) {
            if (!ANONYMOUS.contains(name(operation))) {
                calls.add(() -> fault(operation, "nobody", call(operation, nobody, Map.of()), status -> status == 401));
            }
        }

        assertThat(faults(calls)).isEmpty();
    }

    @Test
    void anotherTenantLooksAbsent() throws Exception {
        var stranger = stage.stranger();
        var calls = new ArrayList<Callable<String>>();
        for (var operation : DescribedApi.operations()) {
            if (ANONYMOUS.contains(name(operation)) || operation.path().equals("/v2/users/me/generate-api-key")) {
                continue;
            }
            if (namesTenant(operation)) {
                calls.add(() ->
                        fault(operation, "a stranger", call(operation, stranger, Map.of()), status -> status == 404));
            } else if (operation.method().equals("GET") && !OWN_WORDS.contains(name(operation))) {
                calls.add(() -> {
                    var answer = stranger.get(stage.requests().path(operation, Map.of()));
                    var text = answer.body().toString();
                    var shown = stage.secretIds().filter(text::contains).toList();
                    return shown.isEmpty() ? "" : name(operation) + " shows a stranger " + shown;
                });
            }
        }

        assertThat(faults(calls)).isEmpty();
    }

    private static boolean namesTenant(Operation operation) {
        if (operation.variables().stream().anyMatch(variable -> !OF_NO_TENANT.contains(variable))) {
            return true;
        }
        var path = stage.requests().path(operation, Map.of());
        if (path.contains("?workspace_id=") || path.contains("?contract_id=")) {
            return true;
        }
        var related = DescribedApi.resolved(operation.description().path("requestBody"))
                .at("/content/application~1json/schema/properties/data/properties/relationships/properties");
        return Stream.of("tenant", "contract", "workspace").anyMatch(related::has);
    }

    /** First whoever is refused, since afterwards things change. */
    @Test
    void eachRoleMayDoWhatTheTablesSayAndNothingElse() throws Exception {
        var refused = new ArrayList<Callable<String>>();
        var harmless = new ArrayList<Callable<String>>();
        var changing = new ArrayList<Callable<String>>();
        for (var operation : asked()) {
            AskedOf.roles(operation).forEach((role, letIn) -> {
                var caller = role.toString();
                if (!letIn) {
                    refused.add(() -> fault(
                            operation, caller, call(operation, stage.as(role), Map.of()), status -> status == 403));
                } else if (isHarmless(operation)) {
                    harmless.add(() -> fault(
                            operation,
                            caller,
                            call(operation, stage.as(role), Map.of()),
                            status -> isLetIn(status)
                                    && (status != 404 || operation.variables().contains("attachment"))));
                } else {
                    changing.add(() -> fault(
                            operation,
                            caller,
                            call(operation, stage.as(role), stage.sacrificed(operation)),
                            IsolationIT::isLetIn));
                }
            });
        }

        assertThat(faults(refused)).isEmpty();
        assertThat(faults(harmless)).isEmpty();
        var faults = new ArrayList<String>();
        for (var change : changing) {
            faults.add(change.call());
        }
        assertThat(faults).allMatch(String::isEmpty);
    }

    /** It reads, or has a body, which is sent with values that nobody takes. */
    private static boolean isHarmless(Operation operation) {
        return operation.method().equals("GET") || operation.hasBody();
    }

    private static boolean isLetIn(int status) {
        return status >= 200 && status < 500 && status != 401 && status != 403 && status != 429;
    }

    private static int call(Operation operation, Api api, Map<String, String> instead) {
        return api.call(
                        operation.method(),
                        stage.requests().path(operation, instead),
                        stage.requests().body(operation))
                .status();
    }

    private static String fault(
            Operation operation, String caller, int status, java.util.function.IntPredicate expected) {
        return expected.test(status) ? "" : name(operation) + " answers " + caller + " " + status;
    }

    private static List<String> faults(List<Callable<String>> calls) throws InterruptedException, ExecutionException {
        assertThat(calls).isNotEmpty();
        try (var callers = Executors.newFixedThreadPool(AT_ONCE)) {
            var faults = new ArrayList<String>();
            for (var answered : callers.invokeAll(calls)) {
                if (!answered.get().isEmpty()) {
                    faults.add(answered.get());
                }
            }
            return faults;
        }
    }
}
