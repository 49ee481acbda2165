/**
 * The worker process for tenants' work that may take any amount of time and memory: it knows nothing of the service,
 * with which it exchanges frames.
 */
@NullMarked
package dev.weft.sandbox;

import org.jspecify.annotations.NullMarked;
