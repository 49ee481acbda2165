/** Answers the gateway's question whose credentials these are. */
@NullMarked
package dev.weft.identity.authentication;

import org.jspecify.annotations.NullMarked;
