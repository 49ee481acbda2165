/** Developer teams: who may make components in a contract, under which name, and where their images are. */
@NullMarked
package dev.weft.registry.team;

import org.jspecify.annotations.NullMarked;
