/** Keycloak: the realm, its clients, organizations and users; nothing else in the suite knows it. */
@NullMarked
package dev.weft.identity.keycloak;

import org.jspecify.annotations.NullMarked;
