/** Policies of tenants as they are stored, the roles that every tenant starts with, and the fact about them. */
@NullMarked
package dev.weft.identity.policyrecord;

import org.jspecify.annotations.NullMarked;
