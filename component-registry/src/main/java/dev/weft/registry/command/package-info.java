/** What a step's command names: component, version and function, for other services. */
@NullMarked
package dev.weft.registry.command;

import org.jspecify.annotations.NullMarked;
