/** Developer teams: who may make components in a contract, and under which name. */
@NullMarked
package dev.weft.registry.team;

import org.jspecify.annotations.NullMarked;
