/** From what a client sent to a content that is whole, from contents to versions, and all the versions there were. */
@NullMarked
package dev.weft.flow.version;

import org.jspecify.annotations.NullMarked;
