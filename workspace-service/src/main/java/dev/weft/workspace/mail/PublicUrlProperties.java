package dev.weft.workspace.mail;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param publicUrl where users reach the installation */
@ConfigurationProperties("weft")
record PublicUrlProperties(String publicUrl) {}
