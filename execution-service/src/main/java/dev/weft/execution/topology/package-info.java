/** The queues that there are: declared, looked at and deleted; and whether the broker can make some that work. */
@NullMarked
package dev.weft.execution.topology;

import org.jspecify.annotations.NullMarked;
