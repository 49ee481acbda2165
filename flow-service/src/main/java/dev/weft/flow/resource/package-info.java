/** Flows as clients and other services make, see, change and delete them, and whose they are. */
@NullMarked
package dev.weft.flow.resource;

import org.jspecify.annotations.NullMarked;
