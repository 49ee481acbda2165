/** Where flows may connect to: never into the installation's own networks, unless its operator allows it. */
@NullMarked
package dev.weft.execution.egress;

import org.jspecify.annotations.NullMarked;
