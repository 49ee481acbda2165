package dev.weft.execution.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weft.execution.step.StepFailure;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    /** Where it is not the limit that is looked at: for the slowest machine. */
    private static final Duration PATIENT = Duration.ofMinutes(2);

    private static final Sandbox SANDBOX = new Sandbox(Duration.ofSeconds(1));

    @AfterAll
    static void end() {
        SANDBOX.close();
    }

    @Test
    void startsAWorkerWithoutEnvironmentAndWithASmallHeap() {
        var worker = run("describe");

        assertThat(worker.get("environment")).isEqualTo(Map.of());
        assertThat(((Number) worker.get("memory")).longValue()).isLessThan(300L << 20);
        assertThat(((Number) worker.get("pid")).longValue()).isEqualTo(SANDBOX.workerPid());
    }

    /** What a tenant's code could reach that leaves its engine. */
    @Test
    void knowsNothingOfTheService() {
        assertThat(names(run("describe").get("class path")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name)
                        .matches(
                                "(.*-)?(main|test|classes|test-classes)|(sandbox|expression|jsonata|jackson-|polyglot|js-language|regex|truffle-|icu4j|xz"
                                        + "|collections|nativeimage|word|jniutils).*"));
        for (var name : List.of(
                "org.springframework.context.ApplicationContext",
                "com.mongodb.client.MongoClient",
                "com.rabbitmq.client.Connection",
                "dev.weft.common.id.Ids",
                "dev.weft.execution.hop.Hop",
                "org.slf4j.Logger")) {
            assertThat(SANDBOX.run("probe", Map.of("do", "load", "name", name), LIMIT)
                            .get("loaded"))
                    .as(name)
                    .isEqualTo(false);
        }
        assertThat(SANDBOX.run("probe", Map.of("do", "load", "name", "org.graalvm.polyglot.Context"), LIMIT)
                        .get("loaded"))
                .isEqualTo(true);
    }

    private static List<String> names(Object classPath) {
        return Stream.of(String.valueOf(classPath).split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).getFileName().toString())
                .toList();
    }

    @Test
    void carriesValuesAsTheyAre() {
        var value = new HashMap<String, Object>();
        value.put("nothing", null);
        value.put("big", new BigInteger("123456789012345678901234567890"));
        value.put("exact", new BigDecimal("1.10"));
        value.put("text", "Grüße \u0000 ✓");
        value.put("list", Arrays.asList(1, null, true));

        assertThat(SANDBOX.run("probe", Map.of("do", "echo", "say", value), LIMIT))
                .isEqualTo(Map.of("said", value));
    }

    @Test
    void keepsWhatLibrariesPrintApartFromTheAnswers() {
        assertThat(run("print")).isEqualTo(Map.of("printed", true));
        assertThat(run("print")).isEqualTo(Map.of("printed", true));
    }

    @Test
    void tellsFailuresAndSurvivesThem() {
        var pid = run("describe").get("pid");

        assertThatThrownBy(() -> run("fail")).isInstanceOfSatisfying(StepFailure.class, failure -> {
            assertThat(failure.name()).isEqualTo("Name");
            assertThat(failure.text()).isEqualTo("message");
            assertThat(failure.isQuoting()).isFalse();
        });
        assertThatThrownBy(() -> SANDBOX.run("probe", Map.of("do", "fail", "quoting", true), LIMIT))
                .isInstanceOfSatisfying(
                        StepFailure.class,
                        failure -> assertThat(failure.isQuoting()).isTrue());
        assertThatThrownBy(() -> run("overflow")).isInstanceOf(StepFailure.class);
        assertThatThrownBy(() -> run("what?")).isInstanceOf(StepFailure.class);
        assertThatThrownBy(() -> SANDBOX.run("no-such", Map.of(), LIMIT)).isInstanceOf(StepFailure.class);
        assertThat(run("describe").get("pid")).isEqualTo(pid);
    }

    @Test
    void answersAtOnceWithTheFailureOfAResultThatNobodyCanRead() {
        var pid = run("describe").get("pid");
        var started = System.nanoTime();

        assertThatThrownBy(() -> SANDBOX.run("probe", Map.of("do", "nest", "levels", 600), PATIENT.multipliedBy(2)))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.text()).contains("too deeply"));
        assertThatThrownBy(() -> SANDBOX.run("probe", Map.of("do", "error"), PATIENT.multipliedBy(2)))
                .isInstanceOfSatisfying(
                        StepFailure.class,
                        failure -> assertThat(failure.text())
                                .as("no words of a library's")
                                .isEqualTo("The sandbox met a fault of its own with this work."));

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(PATIENT);
        assertThat(run("describe").get("pid"))
                .as("the others keep their worker")
                .isEqualTo(pid);
    }

    @Test
    void failsWhatKillsItsWorkerTwice() {
        assertThatThrownBy(() -> run("halt"))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.name()).isEqualTo("SandboxKilled"));
        assertThat(run("describe")).containsKey("pid");
    }

    @Test
    void refusesAnExpressionsValueThatIsTooLargeAndKeepsItsWorker() {
        var pid = run("describe").get("pid");
        var bomb = Map.of(
                "text",
                "($f := function($l, $n) { $n = 0 ? $l : $f($append($l, $l), $n - 1) }; $count($f([1..1000], 40)))",
                "message",
                Map.of("body", Map.of()),
                "variables",
                Map.of());

        assertThatThrownBy(() -> SANDBOX.run("expression", bomb, PATIENT))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.name()).isEqualTo("RangeError"))
                .hasMessageContaining("too much memory");
        assertThat(run("describe").get("pid")).isEqualTo(pid);
    }

    @Test
    void anOffendersWorkerComesAfterTheOthersForTheProcessors() throws Exception {
        assumeThat(Path.of("/usr/bin/nice")).isExecutable();
        try (var sandbox = new Sandbox(Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> as("bad", sandbox, "halt")).isInstanceOf(StepFailure.class);

            var good = niceness(as("good", sandbox, "describe").get("pid"));
            var bad = niceness(as("bad", sandbox, "describe").get("pid"));

            assertThat(bad).isGreaterThan(good);
        }
    }

    /** The 19th field, counted from behind the name in brackets. */
    private static int niceness(Object pid) throws IOException {
        var fields = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        return Integer.parseInt(fields.substring(fields.lastIndexOf(')') + 2).split(" ", -1)[16]);
    }

    @Test
    void blamesNoRequestThatItsWorkerHasNotSeen() {
        assertThatThrownBy(() -> SANDBOX.run("unready", Map.of(), LIMIT)).isInstanceOf(SandboxUnavailable.class);
        assertThat(run("describe")).containsKey("pid");
    }

    @Test
    void endsAWorkerThatDoesNotGetReadyInTime() throws Exception {
        var slow = new ProcessBuilder("sleep", "600").start();

        assertThatThrownBy(() -> SandboxProcess.start(slow, Duration.ofMillis(100)))
                .isInstanceOf(SandboxUnavailable.class);

        // Else each attempt would leave one behind.
        assertThat(slow.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void endsAWorkerThatDoesNotAnswerInTime() {
        assertThatThrownBy(() -> SANDBOX.run("probe", Map.of("do", "spin"), Duration.ofMillis(100)))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.name()).isEqualTo("TimeoutError"));
        assertThat(run("describe")).containsKey("pid");
    }

    @Test
    void runsWhatAKilledWorkerHeldOnceMore(@TempDir Path directory) throws Exception {
        try (var sandbox = new Sandbox(Duration.ofSeconds(1));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            as("good", sandbox, "describe");
            var killed = sandbox.workerPid();
            var mark = directory.resolve("mark");
            var begun = Stream.of("a", "b", "c").map(directory::resolve).toList();
            var answers = begun.stream()
                    .map(name -> Map.of("do", "await", "mark", mark.toString(), "begun", name.toString()))
                    .map(request -> threads.submit(() -> ScopedValue.where(Sandbox.TENANT, "good")
                            .call(() -> sandbox.run("probe", request, PATIENT))))
                    .toList();
            Awaitility.await()
                    .atMost(PATIENT)
                    .until(() -> begun.stream().allMatch(name -> Files.exists(Path.of(name + "-" + killed))));

            ProcessHandle.of(killed).ifPresent(ProcessHandle::destroyForcibly);
            Files.createFile(mark);

            for (var answer : answers) {
                assertThat(answer.get().get("pid")).asString().matches("[0-9]+").isNotEqualTo(Long.toString(killed));
            }
        }
    }

    @Test
    void doesApartWhatTenantsWantWhoHaveKilledAWorker() throws Exception {
        try (var sandbox = new Sandbox(Duration.ofSeconds(1));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThatThrownBy(() -> as("bad", sandbox, "halt")).isInstanceOf(StepFailure.class);
            var good = as("good", sandbox, "describe").get("pid");

            var bombs = threads.submit(() -> as("bad", sandbox, "halt"));

            assertThatThrownBy(bombs::get).hasCauseInstanceOf(StepFailure.class);
            assertThat(as("good", sandbox, "describe").get("pid"))
                    .as("the others keep their worker")
                    .isEqualTo(good);
            assertThat(as("bad", sandbox, "describe").get("pid"))
                    .as("what does no harm is done all the same")
                    .isNotEqualTo(good);
        }
    }

    /** Of the others' answers each worker that died under them is one more process id; those that it held are done apart. */
    @Test
    void aTenantWithManyBombsEndsTheWorkerOfAllOnce() throws Exception {
        try (var sandbox = new Sandbox(Duration.ofSeconds(1));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            as("good", sandbox, "describe");
            var bombs = IntStream.range(0, 24)
                    .mapToObj(_ -> threads.submit(() -> as("bad", sandbox, "halt")))
                    .toList();
            var workers = new HashSet<Object>();
            Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> {
                workers.add(as("good", sandbox, "describe").get("pid"));
                return bombs.stream().filter(Future::isDone).count() >= 2;
            });

            assertThat(workers).as("before, apart, and after").hasSizeLessThanOrEqualTo(3);
            assertThat(sandbox.waiting("bad"))
                    .as("none waits for the worker of all any more")
                    .isZero();
            bombs.forEach(bomb -> bomb.cancel(true));
        }
    }

    /** Before a second tenant is seen: its first work may be what kills the worker. */
    @Test
    void anotherWorkerStandsReady() {
        try (var sandbox = new Sandbox(Duration.ofSeconds(1))) {
            as("good", sandbox, "describe");
            Awaitility.await().atMost(PATIENT).until(() -> sandbox.sparePid() != 0);
            var spare = sandbox.sparePid();

            ProcessHandle.of(sandbox.workerPid()).ifPresent(ProcessHandle::destroyForcibly);
            Awaitility.await().until(() -> sandbox.workerPid() == 0);

            assertThat(String.valueOf(as("good", sandbox, "describe").get("pid")))
                    .isEqualTo(Long.toString(spare));
            Awaitility.await().atMost(PATIENT).until(() -> sandbox.sparePid() != 0 && sandbox.sparePid() != spare);
        }
    }

    /** Nobody need find out who it was, so that the innocent need not wait for a process in which they are alone. */
    @Test
    void whatWasBesideARequestThatOverranGoesToTheNextWorkerAtOnce(@TempDir Path directory) throws Exception {
        try (var sandbox = new Sandbox(Duration.ofMillis(500));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            as("good", sandbox, "describe");
            as("bad", sandbox, "describe");
            Awaitility.await().atMost(PATIENT).until(() -> sandbox.sparePid() != 0);
            var spare = sandbox.sparePid();
            var mark = directory.resolve("seen");
            var good = threads.submit(() -> ScopedValue.where(Sandbox.TENANT, "good")
                    .call(() -> sandbox.run("probe", Map.of("do", "await", "mark", mark.toString()), PATIENT)));

            assertThatThrownBy(() -> ScopedValue.where(Sandbox.TENANT, "bad")
                            .call(() -> sandbox.run("probe", Map.of("do", "spin"), Duration.ofMillis(100))))
                    .isInstanceOf(StepFailure.class);
            Files.createFile(mark);

            assertThat(String.valueOf(good.get().get("pid"))).isEqualTo(Long.toString(spare));
        }
    }

    /** The worker says so before it dies, so that nobody else is a suspect. */
    @Test
    void whoTakesTheMemoryOfAllIsKnownAndTheOthersGoToTheNextWorkerAtOnce(@TempDir Path directory) throws Exception {
        try (var sandbox = new Sandbox(Duration.ofSeconds(1));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            as("good", sandbox, "describe");
            as("bad", sandbox, "describe");
            Awaitility.await().atMost(PATIENT).until(() -> sandbox.sparePid() != 0);
            var spare = sandbox.sparePid();
            var mark = directory.resolve("seen");
            var good = threads.submit(() -> ScopedValue.where(Sandbox.TENANT, "good")
                    .call(() -> sandbox.run("probe", Map.of("do", "await", "mark", mark.toString()), PATIENT)));

            assertThatThrownBy(() -> as("bad", sandbox, "hoard"))
                    .isInstanceOfSatisfying(
                            StepFailure.class,
                            failure -> assertThat(failure.name()).isEqualTo("SandboxKilled"));
            Files.createFile(mark);

            assertThat(String.valueOf(good.get().get("pid"))).isEqualTo(Long.toString(spare));
        }
    }

    /** What it had beside the one that was found out goes to its own worker too, not to the next one of all. */
    @Test
    void whoTakesTheMemoryOfAllWithManyRequestsEndsOneWorker() throws Exception {
        try (var sandbox = new Sandbox(Duration.ofSeconds(1));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            as("good", sandbox, "describe");
            as("bad", sandbox, "describe");
            Awaitility.await().atMost(PATIENT).until(() -> sandbox.sparePid() != 0);
            var spare = sandbox.sparePid();
            var bombs = IntStream.range(0, 6)
                    .mapToObj(_ -> threads.submit(() -> as("bad", sandbox, "hoard")))
                    .toList();

            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> bombs.stream().anyMatch(Future::isDone));

            assertThat(String.valueOf(as("good", sandbox, "describe").get("pid")))
                    .isEqualTo(Long.toString(spare));
            bombs.forEach(bomb -> bomb.cancel(true));
        }
    }

    /** It has killed nobody: a worker of its own has the room for it, and it does not wait for that. */
    @Test
    void whoTakesMoreThanItsShareOfASharedWorkerIsDoneInOneOfItsOwn() {
        try (var sandbox = new Sandbox(Duration.ofSeconds(1))) {
            var shared = as("greedy", sandbox, "describe").get("pid");

            var answer = ScopedValue.where(Sandbox.TENANT, "greedy")
                    .call(() -> sandbox.run("probe", Map.of("do", "hoard", "mib", 130), PATIENT));

            assertThat(answer).containsEntry("hoarded", 130);
            assertThat(as("greedy", sandbox, "describe").get("pid")).isNotEqualTo(shared);
            assertThat(as("good", sandbox, "describe").get("pid"))
                    .as("the shared worker has ended before it was full")
                    .isNotEqualTo(shared);
        }
    }

    @Test
    void offendersHaveAWorkerEachAndDoNotWaitForEachOthersPauses() throws Exception {
        try (var sandbox = new Sandbox(Duration.ofSeconds(1));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThatThrownBy(() -> as("bad", sandbox, "halt")).isInstanceOf(StepFailure.class);
            for (var bombs = 0; bombs < 2; bombs++) {
                assertThatThrownBy(() -> as("worst", sandbox, "halt")).isInstanceOf(StepFailure.class);
            }
            // After three deaths that it was known to be the cause of it pauses for two seconds.
            var worst = threads.submit(() -> as("worst", sandbox, "describe"));

            var bad = as("bad", sandbox, "describe").get("pid");

            assertThat(worst.isDone()).as("it has its pause first").isFalse();
            assertThat(worst.get().get("pid")).isNotEqualTo(bad);
        }
    }

    /** Its turn among all is given back, or an offender's pauses would be everybody's. */
    @Test
    void anOffenderThatWaitsForItsPauseTakesNobodysTurn() throws Exception {
        try (var sandbox = new Sandbox(Duration.ofSeconds(1));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var bombs = IntStream.range(0, 6)
                    .mapToObj(_ -> threads.submit(() -> as("bad", sandbox, "halt")))
                    .toList();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> bombs.stream().anyMatch(Future::isDone));

            Awaitility.await().atMost(PATIENT).until(() -> sandbox.turnsTaken("bad") == 0);
            assertThat(bombs).as("they wait for their pauses").anyMatch(bomb -> !bomb.isDone());
            bombs.forEach(bomb -> bomb.cancel(true));
        }
    }

    /** As when the system ends a process because its memory is short, which is nobody's doing. */
    @Test
    void anOffendersWorkIsDoneOnceMoreWhenItsOwnWorkerDies(@TempDir Path directory) {
        try (var sandbox = new Sandbox(Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> as("bad", sandbox, "halt")).isInstanceOf(StepFailure.class);
            var request = Map.of(
                    "do", "halt once", "mark", directory.resolve("halted").toString());

            var answer = ScopedValue.where(Sandbox.TENANT, "bad").call(() -> sandbox.run("probe", request, LIMIT));

            assertThat(answer).containsEntry("halted", true);
        }
    }

    /** Its messages come one after the other, and a start for each of them would take seconds. */
    @Test
    void anOffendersWorkerIsKeptForWhatItWantsNext() {
        try (var sandbox = new Sandbox(Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> as("bad", sandbox, "halt")).isInstanceOf(StepFailure.class);

            var first = as("bad", sandbox, "describe").get("pid");

            assertThat(as("bad", sandbox, "describe").get("pid")).isEqualTo(first);
        }
    }

    private static Map<String, Object> as(String tenant, Sandbox sandbox, String what) {
        return ScopedValue.where(Sandbox.TENANT, tenant).call(() -> sandbox.run("probe", Map.of("do", what), PATIENT));
    }

    @Test
    void letsATenantInWhileAnotherKeepsItBusy(@TempDir Path directory) throws Exception {
        run("describe");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var end = directory.resolve("end");
            for (var n = 0; n < 20; n++) {
                threads.submit(() -> ScopedValue.where(Sandbox.TENANT, "busy")
                        .call(() -> SANDBOX.run("probe", Map.of("do", "await", "mark", end.toString()), PATIENT)));
            }
            Awaitility.await().atMost(PATIENT).until(() -> SANDBOX.waiting("busy") == 14);

            var answer = ScopedValue.where(Sandbox.TENANT, "other").call(() -> run("describe"));

            assertThat(answer).containsKey("pid");
            assertThat(SANDBOX.waiting("busy"))
                    .as("those who came before still wait")
                    .isEqualTo(14);
            Files.createFile(end);
        }
    }

    @Test
    void endsItsWorkerWithItself() {
        var sandbox = new Sandbox();
        sandbox.run("probe", Map.of("do", "describe"), LIMIT);
        var worker = ProcessHandle.of(sandbox.workerPid()).orElseThrow();

        sandbox.close();

        Awaitility.await().atMost(PATIENT).until(() -> !worker.isAlive());
    }

    @Test
    void closedItRefusesAtOnceAndLeavesNoProcess() {
        var before = workers();
        var sandbox = new Sandbox();
        sandbox.run("probe", Map.of("do", "describe"), LIMIT);
        sandbox.close();

        for (var tenant : List.of("", "other", "offender")) {
            assertThatThrownBy(() -> ScopedValue.where(Sandbox.TENANT, tenant)
                            .call(() -> sandbox.run("probe", Map.of("do", "halt"), LIMIT)))
                    .isInstanceOf(SandboxUnavailable.class)
                    .hasMessage("The sandbox is closed.");
        }

        assertNoneIsLeft(before);
    }

    /** Else it would go on in a process that nobody ends, or be told that it has killed its worker. */
    @Test
    void whatIsUnderWayWhenItIsClosedIsNobodysFault(@TempDir Path directory) throws Exception {
        var before = workers();
        var never = directory.resolve("never").toString();
        var sandbox = new Sandbox(Duration.ofSeconds(1));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThatThrownBy(() -> as("bad", sandbox, "halt")).isInstanceOf(StepFailure.class);
            as("good", sandbox, "describe");
            // An offender's in a worker of its own, and the other's in that of all.
            var calls = Stream.of("bad", "good")
                    .map(tenant -> threads.submit(() -> ScopedValue.where(Sandbox.TENANT, tenant)
                            .call(() -> sandbox.run("probe", Map.of("do", "await", "mark", never), PATIENT))))
                    .toList();
            Awaitility.await()
                    .atMost(PATIENT)
                    .until(() ->
                            sandbox.turnsTaken("good") == 1 && started(before).size() >= 2);

            sandbox.close();

            for (var call : calls) {
                assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(SandboxUnavailable.class);
            }
        } finally {
            sandbox.close();
        }
        assertNoneIsLeft(before);
    }

    private static Set<Long> workers() {
        return ProcessHandle.current()
                .children()
                .map(ProcessHandle::pid)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** By a test of its own; the sandbox of all tests may start others meanwhile. */
    private static Set<Long> started(Set<Long> before) {
        var started = workers();
        started.removeAll(before);
        started.remove(SANDBOX.workerPid());
        started.remove(SANDBOX.sparePid());
        return started;
    }

    private static void assertNoneIsLeft(Set<Long> before) {
        Awaitility.await().untilAsserted(() -> assertThat(started(before)).isEmpty());
    }

    private static Map<String, Object> run(String what) {
        return SANDBOX.run("probe", Map.of("do", what), LIMIT);
    }
}
