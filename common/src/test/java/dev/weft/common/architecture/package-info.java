/** The rules of the house as tests, for the architecture test of each service. */
@NullMarked
package dev.weft.common.architecture;

import org.jspecify.annotations.NullMarked;
