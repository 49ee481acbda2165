package dev.weft.common.waiting;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long {@code await()} waits where a test does not say. Awaitility by itself gives up after 10 s, which is little on a
 * machine that is busy. JUnit finds this extension by itself in all modules that have the fixtures of common.
 */
public final class WaitDefaults implements BeforeAllCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(PATIENCE);
    }
}
