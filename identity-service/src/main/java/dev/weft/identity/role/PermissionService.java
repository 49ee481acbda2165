package dev.weft.identity.role;

import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Permission.Holder;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Which permissions there are (api-v2 3.2). */
@Service
class PermissionService {

    /** Those that a role can grant, by name; who has no tenant also sees what only some hold by what they are. */
    @OpenToAll("which permissions there are is said in the documentation too")
    List<String> names(Caller caller) {
        return Stream.of(Permission.values())
                .filter(permission -> permission.holder() == Holder.ASSIGNABLE || !isUser(caller))
                .map(Permission::wire)
                .sorted()
                .toList();
    }

    private static boolean isUser(Caller caller) {
        return caller.kind() == Caller.Kind.USER;
    }
}
