/** The second factor of people's log-ins: who must have one, who may, and how it is taken away. */
@NullMarked
package dev.weft.identity.secondfactor;

import org.jspecify.annotations.NullMarked;
