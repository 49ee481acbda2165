/** The account of a tenant in the data family: its name, who may register, and its clients. */
@NullMarked
package dev.weft.identity.account;

import org.jspecify.annotations.NullMarked;
