/** What is kept of a contract, and where. */
@NullMarked
package dev.weft.workspace.contractrecord;

import org.jspecify.annotations.NullMarked;
