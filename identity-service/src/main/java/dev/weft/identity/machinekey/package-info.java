/** Machine keys: what programs log in with at the families for events and apps. */
@NullMarked
package dev.weft.identity.machinekey;

import org.jspecify.annotations.NullMarked;
