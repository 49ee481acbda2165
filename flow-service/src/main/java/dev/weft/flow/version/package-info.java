/**
 * Versions: a client's document becomes a complete content, a content becomes a version, and older versions are
 * archived.
 */
@NullMarked
package dev.weft.flow.version;

import org.jspecify.annotations.NullMarked;
