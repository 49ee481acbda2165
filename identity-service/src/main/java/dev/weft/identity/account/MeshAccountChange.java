package dev.weft.identity.account;

import java.util.Optional;

/** What a request sets of an account; what is empty stays. */
record MeshAccountChange(
        Optional<String> name, Optional<Boolean> anonymous, Optional<Boolean> open, Optional<String> verification) {}
