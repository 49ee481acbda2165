/** The audit trail of all services (api-v2 11.8): kept here, read by tenant admins and owners of contracts. */
@NullMarked
package dev.weft.identity.audit;

import org.jspecify.annotations.NullMarked;
