package dev.weft.identity.secret;

import java.util.function.Supplier;

/** Keeps secrets that are generated once for an installation, such as the key that signs internal tokens. */
public interface InstallationSecrets {

    /** The secret of that name; {@code maker} is asked when there is none, and of several replicas one wins. */
    String getOrMake(String name, Supplier<String> maker);
}
