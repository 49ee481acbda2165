/** OAuth clients of tenants: one for each component that logs in with one (api-v2 12). */
@NullMarked
package dev.weft.workspace.oauthclient;

import org.jspecify.annotations.NullMarked;
