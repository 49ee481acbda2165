/** Nodes, edges and their rules (api-v2 9.2, 9.3): pure, without input or output. */
@NullMarked
package dev.weft.flow.graph;

import org.jspecify.annotations.NullMarked;
