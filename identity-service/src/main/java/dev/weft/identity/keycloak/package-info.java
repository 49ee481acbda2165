/** Keycloak: its realm, clients, organizations and users; no other package of the suite knows it. */
@NullMarked
package dev.weft.identity.keycloak;

import org.jspecify.annotations.NullMarked;
