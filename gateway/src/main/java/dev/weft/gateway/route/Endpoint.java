package dev.weft.gateway.route;

/**
 * One line of the table: {@code GET /v2/flows/{flow}} is answered by {@code FLOW}.
 *
 * @param acceptsPassword whether Basic with the account's password is as good as with its API key
 * @param isFile          whether the answer is a file of any type, so that Accept can not exclude it
 */
public record Endpoint(String method, String path, Backend backend, boolean acceptsPassword, boolean isFile) {}
