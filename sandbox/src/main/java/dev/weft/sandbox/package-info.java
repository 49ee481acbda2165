/** The worker process for what tenants want done that may take any time and memory: it knows nothing of the service, which speaks to it in frames. */
@NullMarked
package dev.weft.sandbox;

import org.jspecify.annotations.NullMarked;
