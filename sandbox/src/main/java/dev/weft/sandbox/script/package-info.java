/** Runs a tenant's JavaScript. */
@NullMarked
package dev.weft.sandbox.script;

import org.jspecify.annotations.NullMarked;
