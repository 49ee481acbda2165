/** Encoding of documents and keys: bytes that sort as the values they were made from. */
@NullMarked
package dev.weft.store.key;

import org.jspecify.annotations.NullMarked;
