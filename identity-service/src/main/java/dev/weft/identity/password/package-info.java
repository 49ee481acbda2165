/** What a password must have, and how one is looked at: asked by all who take passwords. */
@NullMarked
package dev.weft.identity.password;

import org.jspecify.annotations.NullMarked;
