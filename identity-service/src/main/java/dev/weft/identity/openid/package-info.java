/** Foreign identities of users: who they are at identity providers of their tenants. */
@NullMarked
package dev.weft.identity.openid;

import org.jspecify.annotations.NullMarked;
