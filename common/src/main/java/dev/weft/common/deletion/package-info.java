/** Deletions that span services: each deletes what it holds of the place and says so to its owner, also after crashes. */
@NullMarked
package dev.weft.common.deletion;

import org.jspecify.annotations.NullMarked;
