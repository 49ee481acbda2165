/** Users of the platform: one e-mail, one tenant, a password kept elsewhere. */
@NullMarked
package dev.weft.identity.user;

import org.jspecify.annotations.NullMarked;
