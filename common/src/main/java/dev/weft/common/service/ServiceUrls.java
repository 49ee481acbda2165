package dev.weft.common.service;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Where the services of the suite are reached from inside; each has a default and an environment variable. */
@ConfigurationProperties("weft.services")
public record ServiceUrls(String identity, String workspace, String registry, String flow, String execution) {}
