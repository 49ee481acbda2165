package dev.weft.identity.bootstrap;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a new installation starts with.
 *
 * @param file      the credentials the launcher made (WEFT_BOOTSTRAP_FILE); empty: nothing is created
 * @param publicUrl the installation's address, whose host is the default tenant's domain
 */
@ConfigurationProperties("weft.bootstrap")
record BootstrapProperties(@DefaultValue("") String file, URI publicUrl) {}
