/** What one tenant, or a stranger, does to an installation, and how another tenant fares meanwhile. */
@NullMarked
package dev.weft.bench.abuse;

import org.jspecify.annotations.NullMarked;
