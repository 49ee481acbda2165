/** Teams as they are stored. */
@NullMarked
package dev.weft.registry.teamrecord;

import org.jspecify.annotations.NullMarked;
