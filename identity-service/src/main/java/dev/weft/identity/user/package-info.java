/** The API of users: what is read and changed of one, and the rules for names and passwords. */
@NullMarked
package dev.weft.identity.user;

import org.jspecify.annotations.NullMarked;
