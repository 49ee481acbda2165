/** The draft of a flow: what it may become, edited beside it until it is published. */
@NullMarked
package dev.weft.flow.draft;

import org.jspecify.annotations.NullMarked;
