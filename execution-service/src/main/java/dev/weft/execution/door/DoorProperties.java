package dev.weft.execution.door;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What doors let in.
 *
 * @param callsPerMinute of the webhooks of one contract, at each gateway, while no quota is set; 0: any number
 */
@ConfigurationProperties("weft.door")
record DoorProperties(@DefaultValue("0") int callsPerMinute) {}
