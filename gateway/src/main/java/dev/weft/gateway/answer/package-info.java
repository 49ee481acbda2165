/** What all answers have in common: the request's id, security headers, JSON types, and how a refusal looks. */
@NullMarked
package dev.weft.gateway.answer;

import org.jspecify.annotations.NullMarked;
