/** Limited workspaces, whose flows stop by themselves some hours after their start (api-v2 6.2). */
@NullMarked
package dev.weft.flow.limited;

import org.jspecify.annotations.NullMarked;
