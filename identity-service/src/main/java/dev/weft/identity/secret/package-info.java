/** Secrets that the installation makes for itself, once for all replicas. */
@NullMarked
package dev.weft.identity.secret;

import org.jspecify.annotations.NullMarked;
