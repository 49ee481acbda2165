/** How writes to the document store end: what was there already, what may be tried again, what is refused for good. */
@NullMarked
package dev.weft.execution.store;

import org.jspecify.annotations.NullMarked;
