package dev.weft.common.remote;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long another service may take.
 *
 * @param connect until it takes the connection
 * @param read    between two pieces of its answer
 * @param call    from the question to the end of the answer
 */
@ConfigurationProperties("weft.remote")
record RemoteProperties(
        @DefaultValue("1s") Duration connect,
        @DefaultValue("5s") Duration read,
        @DefaultValue("10s") Duration call) {}
