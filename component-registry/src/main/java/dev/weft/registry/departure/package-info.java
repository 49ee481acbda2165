/** What becomes of teams when a user leaves their contract, or the contract goes. */
@NullMarked
package dev.weft.registry.departure;

import org.jspecify.annotations.NullMarked;
