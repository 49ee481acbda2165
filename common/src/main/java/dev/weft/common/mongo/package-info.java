/** What every repository needs of the document store: indexes, leases, health. */
@NullMarked
package dev.weft.common.mongo;

import org.jspecify.annotations.NullMarked;
