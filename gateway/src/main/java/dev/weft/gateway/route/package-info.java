/** From path to service: the table of public endpoints, how a path is found in it, and how a request goes on. */
@NullMarked
package dev.weft.gateway.route;

import org.jspecify.annotations.NullMarked;
