package dev.weft.common.egress;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param allow networks that may be called although they are private: {@code 127.0.0.0/8,10.1.2.0/24} */
@ConfigurationProperties("weft.egress")
record EgressProperties(String allow) {

    EgressProperties {
        allow = allow == null ? "" : allow;
    }
}
