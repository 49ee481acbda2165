/** What a flow may become: one draft beside it. */
@NullMarked
package dev.weft.flow.draft;

import org.jspecify.annotations.NullMarked;
