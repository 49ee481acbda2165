/** The built-in components of team weft, the same in every installation. */
@NullMarked
package dev.weft.registry.catalogue;

import org.jspecify.annotations.NullMarked;
