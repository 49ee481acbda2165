/** Departures of users: who has left the last contract, and how a user is deleted completely. */
@NullMarked
package dev.weft.identity.leaver;

import org.jspecify.annotations.NullMarked;
