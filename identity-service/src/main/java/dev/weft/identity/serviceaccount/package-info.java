/** Logins of machines that act in every tenant. */
@NullMarked
package dev.weft.identity.serviceaccount;

import org.jspecify.annotations.NullMarked;
