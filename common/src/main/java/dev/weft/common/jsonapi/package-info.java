/** The only code that knows the form of JSON:API documents, for reading and writing. */
@NullMarked
package dev.weft.common.jsonapi;

import org.jspecify.annotations.NullMarked;
