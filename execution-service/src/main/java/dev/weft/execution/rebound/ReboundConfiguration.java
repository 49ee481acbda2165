package dev.weft.execution.rebound;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** The settings of waits. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReboundProperties.class)
class ReboundConfiguration {}
