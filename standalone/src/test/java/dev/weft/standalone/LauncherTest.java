package dev.weft.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions of {@code ./weft} in an empty home, with {@code sleep} for servers; {@code /dev/full} is the full disk. */
@Timeout(60)
class LauncherTest {

    private static final Path LAUNCHER = Path.of("..", "weft").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    @AfterEach
    void stopWhatWasStarted() throws Exception {
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

    private record Ended(int code, String output) {}

    private Ended bash(String script) throws IOException, InterruptedException {
        var process = start(script);
        try (BufferedReader output = process.inputReader(UTF_8)) {
            var text = output.readAllAsString().strip();
            assertThat(process.waitFor(30, SECONDS)).isTrue();
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
        return bash.start();
    }

    private static String lineOf(Process process) throws IOException {
        return String.valueOf(process.inputReader(UTF_8).readLine());
    }
}
