package dev.weft.gateway.route;

import dev.weft.gateway.route.PublicEndpoints.Endpoint;

/** What the table of endpoints says about a method and a path. */
public sealed interface PathMatch {

    record Found(Endpoint endpoint) implements PathMatch {}

    /** @param allow the value of the Allow header, {@code DELETE, GET, HEAD} */
    record OtherMethods(String allow) implements PathMatch {}

    record Unknown() implements PathMatch {}

    /** The path of a former endpoint. */
    record Retired() implements PathMatch {}
}
