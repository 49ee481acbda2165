/** Internal tokens: the caller is read from a request's token, and a service gets a token for its own work. */
@NullMarked
package dev.weft.common.token;

import org.jspecify.annotations.NullMarked;
