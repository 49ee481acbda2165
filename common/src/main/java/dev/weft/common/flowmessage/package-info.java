/** What the door and the engine agree on about flow messages: names, headers, encryption, and the bytes of a text. */
@NullMarked
package dev.weft.common.flowmessage;

import org.jspecify.annotations.NullMarked;
