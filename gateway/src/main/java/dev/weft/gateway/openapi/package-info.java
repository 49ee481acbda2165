/** What anybody may read about the API: its description in OpenAPI, and the viewer that shows it. */
@NullMarked
package dev.weft.gateway.openapi;

import org.jspecify.annotations.NullMarked;
