/** Tenants' code, and expressions that may cost anything, run in a process of their own with a small heap. */
@NullMarked
package dev.weft.execution.sandbox;

import org.jspecify.annotations.NullMarked;
