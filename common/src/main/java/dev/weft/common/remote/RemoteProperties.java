package dev.weft.common.remote;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Time limits of calls to other services.
 *
 * @param connect until the connection is open
 * @param read    between two pieces of the answer
 * @param call    from the question to the end of the answer
 */
@ConfigurationProperties("weft.remote")
record RemoteProperties(
        @DefaultValue("1s") Duration connect,
        @DefaultValue("5s") Duration read,
        @DefaultValue("10s") Duration call) {}
