package dev.weft.identity.openid;

/** What a request says of a foreign identity to be given to a user. */
record SentOpenIdIdentity(String iss, String sub) {}
