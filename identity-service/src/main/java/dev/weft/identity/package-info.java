/** Who is who: tenants, users and their keys, service accounts, and the internal tokens all services rely on. */
@NullMarked
package dev.weft.identity;

import org.jspecify.annotations.NullMarked;
