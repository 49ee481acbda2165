/** Internal tokens: the signing key, their claims, and who gets one. */
@NullMarked
package dev.weft.identity.token;

import org.jspecify.annotations.NullMarked;
