/** What services tell one another: all facts and commands, their envelope, and their receivers. */
@NullMarked
package dev.weft.common.event;

import org.jspecify.annotations.NullMarked;
