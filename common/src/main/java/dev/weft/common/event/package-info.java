/** What services tell one another: each fact and each command, their envelope, and who hears them. */
@NullMarked
package dev.weft.common.event;

import org.jspecify.annotations.NullMarked;
