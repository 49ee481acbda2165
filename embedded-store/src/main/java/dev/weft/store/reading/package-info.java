/** How documents are found and handed out: walks through indexes, sorts, pipelines, cursors, and what they may keep in memory. */
@NullMarked
package dev.weft.store.reading;

import org.jspecify.annotations.NullMarked;
