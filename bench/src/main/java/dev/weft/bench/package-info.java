/**
 * Programs that use an installation from outside, as anyone could: the word that starts each, and those that stand alone: the
 * demo, one real flow for a newcomer to watch, and two of each service side by side, as a cluster would run them.
 */
@NullMarked
package dev.weft.bench;

import org.jspecify.annotations.NullMarked;
