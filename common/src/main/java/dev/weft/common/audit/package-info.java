/** The audit trail (api-v2 11.8): who asked for which change and what became of it, told to identity-service. */
@NullMarked
package dev.weft.common.audit;

import org.jspecify.annotations.NullMarked;
