/** The only code that knows how a JSON:API document looks, read and written. */
@NullMarked
package dev.weft.common.jsonapi;

import org.jspecify.annotations.NullMarked;
