/** What every request meets first: request id, the order of checks (api-v2 1.3), content types, error documents. */
@NullMarked
package dev.weft.gateway.edge;

import org.jspecify.annotations.NullMarked;
