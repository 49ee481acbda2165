package dev.weft.common.service;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** The internal addresses of the services; each has a default and an environment variable. */
@ConfigurationProperties("weft.services")
public record ServiceUrls(String identity, String workspace, String registry, String flow, String execution) {}
