/** Mails that this service wants sent: noted with what they are about, written from templates, sent until it works. */
@NullMarked
package dev.weft.workspace.mail;

import org.jspecify.annotations.NullMarked;
