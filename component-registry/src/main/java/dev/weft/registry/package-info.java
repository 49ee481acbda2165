/** Components, their versions and descriptors, and how a step's command finds its function. */
@NullMarked
package dev.weft.registry;

import org.jspecify.annotations.NullMarked;
