package dev.weft.identity.bootstrap;

import dev.weft.common.duty.RareLines;
import dev.weft.common.problem.ProblemException;
import dev.weft.identity.directory.Directory;
import dev.weft.identity.directory.DirectoryAccount;
import dev.weft.identity.password.PasswordRule;
import java.io.File;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs {@link Bootstrap} at each start, and registers the administrator in the directory as soon as that is available.
 */
@Service
class BootstrapStart implements ApplicationRunner, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(BootstrapStart.class);

    private final Bootstrap bootstrap;
    private final BootstrapProperties properties;
    private final Directory directory;
    private final JsonMapper json;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final RareLines lines = new RareLines(log);

    BootstrapStart(Bootstrap bootstrap, BootstrapProperties properties, Directory directory, JsonMapper json) {
        this.bootstrap = bootstrap;
        this.properties = properties;
        this.directory = directory;
        this.json = json;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (properties.file().isBlank()) {
            log.info("There is no bootstrap file (WEFT_BOOTSTRAP_FILE), so no tenant is made");
            return;
        }
        var file = json.readValue(new File(properties.file()), BootstrapFile.class);
        bootstrap
                .run(file)
                .ifPresent(account -> Thread.ofVirtual()
                        .name("bootstrap")
                        .start(() -> register(account, file.admin().password())));
    }

    private void register(DirectoryAccount account, String password) {
        var told = PasswordRule.accepts(password);
        try {
            do {
                if (isRegistered(account, password)) {
                    return;
                }
                if (!told) {
                    told = true;
                    log.error(
                            "The administrator {} can not log in with the password of the bootstrap file. {}",
                            account.userId(),
                            PasswordRule.TEXT);
                }
            } while (!stopping.await(1, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isRegistered(DirectoryAccount account, String password) {
        try {
            directory.register(account, password);
            return true;
        } catch (ProblemException e) {
            log.debug("The administrator waits for the directory: {}", e.getMessage());
            return false;
        } catch (RuntimeException | Error e) {
            // An unforeseen answer, for example. If this thread ended, nobody could log in, and nobody would know why.
            lines.warn("The administrator can not be registered yet", account.userId(), e);
            return false;
        }
    }

    @Override
    public void destroy() {
        stopping.countDown();
    }
}
