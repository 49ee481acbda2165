package dev.weft.workspace.credentialrecord;

import java.util.List;

/** A page of a list as far as its bytes are bounded, with the number of all that match. */
public record FoundCredentials(List<Credential> credentials, boolean cut, long total) {}
