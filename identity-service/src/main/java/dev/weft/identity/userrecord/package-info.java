/** Users as they are stored, how one is created here and in the directory, and the facts about users. */
@NullMarked
package dev.weft.identity.userrecord;

import org.jspecify.annotations.NullMarked;
