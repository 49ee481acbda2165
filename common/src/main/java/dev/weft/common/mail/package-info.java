/** Mail goes to a server, or, where none is set, to files. */
@NullMarked
package dev.weft.common.mail;

import org.jspecify.annotations.NullMarked;
