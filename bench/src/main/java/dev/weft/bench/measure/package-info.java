/** What all load drivers need: percentiles, a small HTTP server and client, the API, what processes use. */
@NullMarked
package dev.weft.bench.measure;

import org.jspecify.annotations.NullMarked;
