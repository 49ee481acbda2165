/** Service accounts: log-ins of programs that act in every tenant. */
@NullMarked
package dev.weft.identity.serviceaccount;

import org.jspecify.annotations.NullMarked;
