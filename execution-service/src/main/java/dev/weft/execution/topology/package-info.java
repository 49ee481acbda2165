/**
 * Queues and exchanges on the broker: declared, inspected and deleted; and whether the broker can make working ones.
 */
@NullMarked
package dev.weft.execution.topology;

import org.jspecify.annotations.NullMarked;
