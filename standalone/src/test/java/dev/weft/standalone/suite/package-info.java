/** Journeys of a tenant and deaths of processes, in one topology. */
@org.jspecify.annotations.NullMarked
package dev.weft.standalone.suite;
