/** The registry of images that a team uses, and the secrets to log in there. */
@NullMarked
package dev.weft.registry.imageregistry;

import org.jspecify.annotations.NullMarked;
