/** The internal token: its key, who gets one, and what it says. */
@NullMarked
package dev.weft.identity.token;

import org.jspecify.annotations.NullMarked;
