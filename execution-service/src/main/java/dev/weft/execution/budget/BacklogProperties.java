package dev.weft.execution.budget;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much may wait.
 *
 * @param bytesPerContract about, of the messages in all queues of a contract together; 0: no limit
 */
@ConfigurationProperties("weft.backlog")
public record BacklogProperties(@DefaultValue("1GB") DataSize bytesPerContract) {}
