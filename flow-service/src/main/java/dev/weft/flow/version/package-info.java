/** What flows were: every content that was published. */
@NullMarked
package dev.weft.flow.version;

import org.jspecify.annotations.NullMarked;
