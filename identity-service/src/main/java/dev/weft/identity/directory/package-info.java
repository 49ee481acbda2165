/** What this service needs of the directory, in which passwords are kept. */
@NullMarked
package dev.weft.identity.directory;

import org.jspecify.annotations.NullMarked;
