/** The gateway's question: whose credentials are these. */
@NullMarked
package dev.weft.identity.authentication;

import org.jspecify.annotations.NullMarked;
