/** Reads the body of a webhook call: codings, charsets, and each type as one JSON object (api-v2 11.5). */
@NullMarked
package dev.weft.gateway.body;

import org.jspecify.annotations.NullMarked;
