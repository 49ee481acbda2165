/** What a graph refers to in other services: functions of components, credentials. */
@NullMarked
package dev.weft.flow.reference;

import org.jspecify.annotations.NullMarked;
