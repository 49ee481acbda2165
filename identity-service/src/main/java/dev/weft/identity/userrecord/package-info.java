/** Users as they are kept: the record, how one is made in both directories, and what is told of it. */
@NullMarked
package dev.weft.identity.userrecord;

import org.jspecify.annotations.NullMarked;
