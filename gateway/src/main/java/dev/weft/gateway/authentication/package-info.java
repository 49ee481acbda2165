/** Who calls: an Authorization header in, a signed internal token out. */
@NullMarked
package dev.weft.gateway.authentication;

import org.jspecify.annotations.NullMarked;
