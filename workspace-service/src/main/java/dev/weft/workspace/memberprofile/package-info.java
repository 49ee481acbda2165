/** How members show themselves to each other; identity-service knows it. */
@NullMarked
package dev.weft.workspace.memberprofile;

import org.jspecify.annotations.NullMarked;
