/** The only public door of the suite: who calls, whether the request is well formed, and which service answers it. */
@NullMarked
package dev.weft.gateway;

import org.jspecify.annotations.NullMarked;
