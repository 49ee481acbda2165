/** What this service needs of the place where passwords are kept. */
@NullMarked
package dev.weft.identity.directory;

import org.jspecify.annotations.NullMarked;
