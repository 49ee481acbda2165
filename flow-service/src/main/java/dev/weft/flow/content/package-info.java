/** What flows are made of: content, versions and a draft, the place they belong to, and the times of their changes. */
@NullMarked
package dev.weft.flow.content;

import org.jspecify.annotations.NullMarked;
