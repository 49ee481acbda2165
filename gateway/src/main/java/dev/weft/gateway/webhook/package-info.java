/** The door (engine 4): calls of {@code /hook/{flow}} become messages of flows, and flows' replies become answers. */
@NullMarked
package dev.weft.gateway.webhook;

import org.jspecify.annotations.NullMarked;
