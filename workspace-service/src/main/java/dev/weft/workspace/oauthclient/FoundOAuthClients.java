package dev.weft.workspace.oauthclient;

import java.util.List;

/**
 * A page of a tenant's clients.
 *
 * @param cut   whether the page ends before the size that was asked for
 * @param total how many there are
 */
record FoundOAuthClients(List<OAuthClient> clients, boolean cut, long total) {}
