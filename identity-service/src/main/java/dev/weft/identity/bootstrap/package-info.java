/** Creates what a new installation starts with: a tenant, its administrator and a service account. */
@NullMarked
package dev.weft.identity.bootstrap;

import org.jspecify.annotations.NullMarked;
