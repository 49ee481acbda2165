package dev.weft.flow.limited;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param limitedFlowLife how long after its start a flow of a limited workspace is stopped */
@ConfigurationProperties("weft.flow")
record LimitedFlowProperties(@DefaultValue("8h") Duration limitedFlowLife) {}
