/** Encryption at rest, and the type of values that must never be shown. */
@NullMarked
package dev.weft.common.crypto;

import org.jspecify.annotations.NullMarked;
