/** The one API key that each user has. */
@NullMarked
package dev.weft.identity.apikey;

import org.jspecify.annotations.NullMarked;
