/** Users who go: who has left the last contract, and how one is deleted to the end. */
@NullMarked
package dev.weft.identity.leaver;

import org.jspecify.annotations.NullMarked;
