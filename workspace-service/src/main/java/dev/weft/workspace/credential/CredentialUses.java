package dev.weft.workspace.credential;

import dev.weft.common.access.Caller;
import java.util.List;

/** Where credentials are used; flow-service knows it. */
interface CredentialUses {

    /** The flows whose latest version uses the credential. */
    List<String> flowsUsing(Caller caller, String credentialId);
}
