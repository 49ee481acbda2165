/** What travels between steps: body, headers, attachments, and what earlier steps emitted. */
@NullMarked
package dev.weft.execution.message;

import org.jspecify.annotations.NullMarked;
