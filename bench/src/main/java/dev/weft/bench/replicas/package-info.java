/** Two of each service side by side, each a process of its own from its runnable jar, as a cluster would run them. */
@NullMarked
package dev.weft.bench.replicas;

import org.jspecify.annotations.NullMarked;
