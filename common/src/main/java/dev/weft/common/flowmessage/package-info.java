/** The agreement of gateway and engine about flow messages: names, headers, encryption, and the bytes of texts. */
@NullMarked
package dev.weft.common.flowmessage;

import org.jspecify.annotations.NullMarked;
