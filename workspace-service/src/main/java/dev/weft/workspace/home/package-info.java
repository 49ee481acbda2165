/** What every tenant finds when it starts: its default contract and workspace. */
@NullMarked
package dev.weft.workspace.home;

import org.jspecify.annotations.NullMarked;
