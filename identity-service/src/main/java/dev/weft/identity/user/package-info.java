/** The API of users: reading and changing them, and the rules for names and passwords. */
@NullMarked
package dev.weft.identity.user;

import org.jspecify.annotations.NullMarked;
