/** The door (engine 4): calls of {@code /hook/{flow}} become messages of flows, and replies of flows become answers. */
@NullMarked
package dev.weft.gateway.webhook;

import org.jspecify.annotations.NullMarked;
