/** All services of the suite in one JVM: the default start on one machine, for demos and for end-to-end tests. */
@NullMarked
package dev.weft.standalone;

import org.jspecify.annotations.NullMarked;
