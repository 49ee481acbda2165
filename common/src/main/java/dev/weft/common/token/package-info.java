/** Internal tokens: from the token of a request to its caller, and the token of a service for its own work. */
@NullMarked
package dev.weft.common.token;

import org.jspecify.annotations.NullMarked;
