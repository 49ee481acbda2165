/** Components as the API shows them, with their versions and descriptors. */
@NullMarked
package dev.weft.registry.component;

import org.jspecify.annotations.NullMarked;
