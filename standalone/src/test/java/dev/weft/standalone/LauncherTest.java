package dev.weft.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions of {@code ./weft} in an empty home, with {@code sleep} for servers; {@code /dev/full} is the full disk. */
@Timeout(240)
class LauncherTest {

    private static final Path LAUNCHER = Path.of("..", "weft").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    /** The supervisor of an installation with {@code sleep} for parts; of its servers only the store is not its user's own. */
    private static final String SUPERVISE = """
            use_port 8080
            make_secrets
            echo 8080 >"$WEFT_HOME/port"
            echo none >"$RUN/standalone.dir"
            export WEFT_KEYCLOAK_URL=own WEFT_RABBITMQ_URI=own
            find_jdk() { JAVA_HOME=none; }
            revive() { launch "$1" / sleep 600; }
            echo looks
            cmd_supervise
            """;

    /** Waits until a part that is killed here lives again, under another id, and that is told. */
    private static final String KILL = """
            killed() {
                old=$(pid_of "$1")
                told=$(restarts "$1")
                kill -KILL "$old"
            }
            restarts() {
                cat "$RUN/$1.restarts" 2>/dev/null || true
            }
            lives_again() {
                is_alive "$1" && [ "$(pid_of "$1")" != "$old" ] && [ "$(restarts "$1")" != "$told" ]
            }
            """;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stopWhatWasStarted() throws Exception {
        // A supervisor would start again what is stopped.
        started.forEach(Process::destroyForcibly);
        for (var process : started) {
            process.waitFor();
        }
        bash("for part in \"${PARTS[@]}\"; do stop \"$part\"; done");
    }

    @Test
    void aLockEndsWithItsHolderAndWhoWaitsIsToldWhoThatIs() throws Exception {
        var holder = start("lock_home; echo held; read -r _");
        assertThat(lineOf(holder)).isEqualTo("held");
        var waiting = start("lock_home; echo got");
        assertThat(lineOf(waiting)).endsWith("waiting for another ./weft (pid " + holder.pid() + ")");

        holder.destroyForcibly();

        assertThat(lineOf(waiting)).isEqualTo("got");
    }

    @Test
    void aLockThatNobodyCanHaveIsNotWaitedFor() throws Exception {
        var ended = bash("touch \"$WEFT_HOME/file\"; lock \"$HOME_LOCK\" \"$WEFT_HOME/file\"; echo got");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).endsWith("file/weft.lock can not be locked");
    }

    @Test
    void whatIsStartedAndStaysDoesNotKeepTheLock() throws Exception {
        bash("lock_home; lock_cache; launch store / sleep 600");

        var ended = bash("is_alive store; try_lock \"$HOME_LOCK\" \"$RUN\"; try_lock \"$CACHE_LOCK\" \"$WEFT_CACHE\"");

        assertThat(ended.code()).isZero();
    }

    @Test
    void startsNothingOnAFullDiskThatCouldNotBeFoundAgain() throws Exception {
        var ended = bash("ln -s /dev/full \"$RUN/store.pid.new\"; launch store \"$WEFT_HOME\" touch started");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).contains("store is not started");
        assertThat(directory.resolve("home/started")).doesNotExist();
    }

    @Test
    void aFullDiskLeavesAFileAsItWas() throws Exception {
        var ended = bash("""
                cd "$WEFT_HOME"
                echo before | write_secret file
                ln -s /dev/full file.new
                echo after | write_secret file || echo refused
                cat file
                ls file*
                """);

        assertThat(ended.output()).endsWith("refused\nbefore\nfile");
    }

    @Test
    void theSupervisorBearsAFullDiskAndStillPausesLonger() throws Exception {
        var ended = bash("""
                echo '1 1' >"$RUN/store.pid"
                : >"$RUN/store.deaths"
                : >"$RUN/store.restarts"
                mkdir "$RUN/store.deaths.new" "$RUN/store.restarts.new"
                revive() { false; touch "$RUN/went-on"; }
                recall_deaths store
                look_after store >/dev/full 2>&1
                look_after store >/dev/full 2>&1
                revive() { true; }
                DUE_store=1
                look_after store >/dev/full 2>&1
                echo "$DEATHS_store deaths"
                """);

        assertThat(ended.output()).isEqualTo("2 deaths");
        assertThat(directory.resolve("home/run/went-on")).doesNotExist();
    }

    @Test
    void aPasswordOfTheStoreThatWasCutIsMadeAgain() throws Exception {
        var ended = bash("""
                use_port 8080
                make_secrets
                cd "$WEFT_HOME"
                sed -i 's/^\\(WEFT_MASTER_KEY\\)=.*/\\1=kept/; s/^\\(WEFT_STORE_PASSWORD\\)=.*/\\1=cut/' secrets.env
                truncate -s -1 secrets.env
                make_secrets
                load_secrets
                echo "${#WEFT_STORE_PASSWORD} $WEFT_MASTER_KEY"
                grep -c . secrets.env
                """);

        assertThat(ended.output()).isEqualTo("32 kept\n8");
    }

    @Test
    void anEmptySecretIsRefused() throws Exception {
        var ended = bash("""
                use_port 8080
                make_secrets
                sed -i 's/^\\(WEFT_RABBITMQ_PASSWORD=\\).*/\\1/' "$WEFT_HOME/secrets.env"
                load_secrets
                """);

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).contains("there is no WEFT_RABBITMQ_PASSWORD");
    }

    @Test
    void anUpThatHadToWaitTakesNoOtherPort() throws Exception {
        var first = start("""
                lock_home
                launch store / sleep 600
                echo held
                read -r _ || echo 8300 >"$WEFT_HOME/port"
                """);
        assertThat(lineOf(first)).isEqualTo("held");
        var second = start("find_jdk() { die 'went on'; }; cmd_up --port 8400");
        assertThat(lineOf(second)).contains("waiting for");

        first.getOutputStream().close();

        assertThat(second.inputReader(UTF_8).readAllAsString()).contains("Weft runs on port 8300");
        assertThat(directory.resolve("home/port")).hasContent("8300");
    }

    @Test
    void aLayoutIsKeptForAsLongAsAnInstallationRunsFromIt() throws Exception {
        var ended = bash("""
                layouts=$WEFT_CACHE/standalone
                mkdir -p "$layouts"/{1,2,3,4}
                STANDALONE_DIR=$layouts/1 JAVA_HOME=none
                launch() { touch "$RUN/standalone.pid"; }
                standalone_launch
                for layout in 1 2 3 4; do touch -d "@$layout" "$layouts/$layout"; done
                standalone_forget_old
                echo $(ls "$layouts")
                rm "$RUN/standalone.pid"
                touch -d @1 "$layouts/1"
                standalone_forget_old
                echo $(ls "$layouts")
                """);

        assertThat(ended.output()).isEqualTo("1 3 4\n3 4");
    }

    @Test
    void theNextPreparationOfKeycloakStopsWhatAKilledOneLeft() throws Exception {
        var ended = bash("""
                keycloak_locate() { KEYCLOAK_DIR=$WEFT_CACHE/keycloak; }
                keycloak_unpack() { is_dead "$left" && echo stopped; }
                keycloak_build() { :; }
                keycloak_initialise() { :; }
                mkdir "$WEFT_CACHE/keycloak"
                RUN=$WEFT_CACHE/keycloak launch keycloak-prepare / sleep 600
                left=left
                cp "$WEFT_CACHE/keycloak/keycloak-prepare.pid" "$RUN/left.pid"
                keycloak_prepare
                """);

        assertThat(ended.output()).contains("stopped").contains("prepared");
    }

    @Test
    void aDeadPartIsStartedAgainWithLongerPausesAndStatusSaysSo() throws Exception {
        bash("launch store / sleep 600");
        var supervisor = start(SUPERVISE);
        assertThat(lineOf(supervisor)).isEqualTo("looks");

        var once = bash(KILL + "killed store; wait_until 60 lives_again store; supervisor_status || true");
        var again = bash(KILL + "killed store; wait_until 60 lives_again store; cat \"$RUN/store.restarts\"");

        assertThat(once.output()).contains("store died and was started again, 1 in all");
        assertThat(again.output()).startsWith("2 ");
        assertThat(lineOf(supervisor)).endsWith("store is dead and will be started again in 0 s");
        assertThat(lineOf(supervisor)).endsWith("store is dead and will be started again in 2 s");
    }

    @Test
    void whatWasStoppedInOrderStaysSo() throws Exception {
        bash("launch store / sleep 600; launch standalone / sleep 600; stop store");
        assertThat(lineOf(start(SUPERVISE))).isEqualTo("looks");

        // Looked at after the store, in each round.
        var ended = bash(KILL + "killed standalone; wait_until 60 lives_again standalone; is_dead store");

        assertThat(ended.code()).isZero();
    }

    @Test
    void theSupervisorStartsNothingWhileAnotherIsAtWork() throws Exception {
        bash("launch store / sleep 600");
        var other = start("lock_home; echo held; read -r _");
        assertThat(lineOf(other)).isEqualTo("held");
        var supervisor = start(SUPERVISE);
        assertThat(lineOf(supervisor)).isEqualTo("looks");

        bash(KILL + "killed store");
        assertThat(lineOf(supervisor)).contains("store is dead");
        assertThat(bash("is_dead store; try_lock \"$HOME_LOCK\" \"$RUN\"").code())
                .isEqualTo(1);
        other.getOutputStream().close();

        assertThat(bash("wait_until 60 is_alive store").code()).isZero();
    }

    @Test
    void theSupervisorEndsWithItsHome() throws Exception {
        var supervisor = start(SUPERVISE);
        assertThat(lineOf(supervisor)).isEqualTo("looks");

        bash("rm -rf \"$RUN\"");

        assertThat(supervisor.waitFor(60, SECONDS)).isTrue();
    }

    @Test
    void aStoreWhoseSourcesHaveChangedIsBuiltAnew() throws Exception {
        var ended = bash("""
                ROOT=$WEFT_HOME/sources
                mkdir -p "$ROOT/embedded-store/src/main" "$ROOT/embedded-store/target"
                touch "$ROOT/pom.xml" "$ROOT/embedded-store/pom.xml" "$ROOT/embedded-store/src/main/Store.java"
                build() { echo "$1" built; touch -a "$ROOT/embedded-store/target/embedded-store-1-exec.jar"; }
                store_build_if_needed
                store_build_if_needed
                touch -d '1 hour ago' "$ROOT/embedded-store/target/embedded-store-1-exec.jar"
                store_build_if_needed
                touch -d '1 hour ago' "$ROOT/embedded-store/target/weft-built"
                store_build_if_needed
                touch -d '1 hour' "$ROOT/embedded-store/target/embedded-store-1-exec.jar"
                touch -d '2 minutes' "$ROOT/embedded-store/src/main/Store.java"
                store_build_if_needed
                """);

        assertThat(ended.output()).isEqualTo("embedded-store built\nembedded-store built");
    }

    /** In MiB, of a machine with so much memory and of a container that may have so many bytes of it. */
    @ParameterizedTest(name = "a {0}th of {3} kB, of which a container has {4} bytes")
    @CsvSource({
        // divisor, least, most, machine in kB, limit in bytes, share in MiB
        "16, 512, 4096, 25165824, max, 1536",
        "16, 512, 4096, 4194304, max, 512",
        "16, 512, 4096, 134217728, max, 4096",
        "16, 512, 4096, 134217728, 17179869184, 1024",
        "16, 512, 4096, 16777216, 137438953472, 1024",
        "12, 1024, 8192, 25165824, '', 2048",
        "12, 1024, 8192, '', max, 1024",
    })
    void aPartsShareOfTheMemoryFollowsTheMachineWithinBounds(
            int divisor, int least, int most, String machine, String limit, int share) throws Exception {
        var ended = bash("""
                sed() { echo '%s'; }
                cat() { echo '%s'; }
                sysctl() { return 1; }
                share_of_memory %d %d %d
                """.formatted(machine, limit, divisor, least, most));

        assertThat(ended.output()).isEqualTo(Integer.toString(share));
    }

    /** Each part's memory is its share, unless the environment says otherwise. */
    @Test
    void theHeapsOfThePartsAreTheirShares() throws Exception {
        var ended = bash("""
                echo "$RABBITMQ_MEMORY $(share_of_memory 12 1024 8192)MiB"
                echo "$KEYCLOAK_HEAP $(share_of_memory 48 320 1024)m"
                echo "$STORE_JAVA_OPTS" | grep -o -- '-Xmx[^ ]*'
                echo "-Xmx$(share_of_memory 32 384 2048)m"
                echo "$STANDALONE_JAVA_OPTS" | grep -o -- '-Xmx[^ ]*'
                echo "-Xmx$(share_of_memory 16 512 4096)m"
                """);

        var lines = ended.output().lines().toList();
        assertThat(lines.subList(0, 2))
                .allSatisfy(line -> assertThat(line.split(" ", 2)[0]).isEqualTo(line.split(" ", 2)[1]));
        assertThat(lines.get(2)).isEqualTo(lines.get(3));
        assertThat(lines.get(4)).isEqualTo(lines.get(5));
    }

    private record Ended(int code, String output) {}

    private Ended bash(String script) throws IOException, InterruptedException {
        var process = start(script);
        try (BufferedReader output = process.inputReader(UTF_8)) {
            var text = output.readAllAsString().strip();
            assertThat(process.waitFor(60, SECONDS)).isTrue();
            return new Ended(process.exitValue(), text);
        }
    }

    /** With all functions of the launcher at hand; its own {@code help} is the command that does nothing else. */
    private Process start(String script) throws IOException {
        Files.createDirectories(directory.resolve("home"));
        var prepare = ". \"$0\" help >/dev/null; note_own_servers; use_home\n";
        var bash = new ProcessBuilder("bash", "-c", prepare + script, LAUNCHER.toString()).redirectErrorStream(true);
        bash.environment().keySet().removeIf(name -> name.startsWith("WEFT_"));
        bash.environment().put("WEFT_HOME", directory.resolve("home").toString());
        bash.environment().put("WEFT_CACHE", directory.resolve("cache").toString());
        var process = bash.start();
        started.add(process);
        return process;
    }

    private static String lineOf(Process process) throws IOException {
        return String.valueOf(process.inputReader(UTF_8).readLine());
    }
}
