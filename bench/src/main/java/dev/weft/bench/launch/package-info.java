/** Installations that a program starts, breaks and ends itself, by the launcher and by the jars of a built tree. */
@NullMarked
package dev.weft.bench.launch;

import org.jspecify.annotations.NullMarked;
