/** From what a client sent to a content that is whole, and from contents to versions. */
@NullMarked
package dev.weft.flow.publishing;

import org.jspecify.annotations.NullMarked;
