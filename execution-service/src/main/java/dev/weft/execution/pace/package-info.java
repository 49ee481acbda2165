/** How often something that fails is tried again, and told. */
@NullMarked
package dev.weft.execution.pace;

import org.jspecify.annotations.NullMarked;
