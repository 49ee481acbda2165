package dev.weft.common.token;

import java.util.List;

/** The few paths of a service that need no internal token, such as identity-service's keys. */
public record InternalPaths(List<String> paths) {}
