/** What workspace-service says of quotas, and what is reserved of them while flows are written. */
@NullMarked
package dev.weft.flow.quota;

import org.jspecify.annotations.NullMarked;
