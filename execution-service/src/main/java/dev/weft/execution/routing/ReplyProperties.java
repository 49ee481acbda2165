package dev.weft.execution.routing;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of replies.
 *
 * @param webhookHost where webhooks are called when they have a host of their own; empty: they have none
 */
@ConfigurationProperties("weft.replies")
public record ReplyProperties(String webhookHost) {}
