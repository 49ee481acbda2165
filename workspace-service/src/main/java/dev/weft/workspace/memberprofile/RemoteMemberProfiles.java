package dev.weft.workspace.memberprofile;

import dev.weft.common.access.Caller;
import dev.weft.common.remote.RemoteCalls;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Asks identity-service for users, a hundred at a time. */
@Service
@EnableFeignClients(clients = RemoteMemberProfiles.Users.class)
class RemoteMemberProfiles implements MemberProfiles {

    /** Keeps the query string of one question below what servers accept. */
    private static final int AT_ONCE = 100;

    /** identity-service's door for users. */
    @FeignClient(name = "users", contextId = "member-profiles", url = "${weft.services.identity}")
    interface Users {
        @GetMapping("/internal/users")
        List<MemberProfile> find(@RequestHeader("Authorization") String bearer, @RequestParam("ids") String ids);

        @PostMapping("/internal/users/{id}/joined")
        MemberProfile joined(@RequestHeader("Authorization") String bearer, @PathVariable("id") String id);
    }

    private final Users users;
    private final RemoteCalls calls;

    RemoteMemberProfiles(Users users, RemoteCalls calls) {
        this.users = users;
        this.calls = calls;
    }

    @Override
    public Map<String, MemberProfile> find(Caller caller, Collection<String> ids) {
        var found = new LinkedHashMap<String, MemberProfile>();
        var asked = new ArrayList<>(ids);
        for (int from = 0; from < asked.size(); from += AT_ONCE) {
            var some = String.join(",", asked.subList(from, Math.min(from + AT_ONCE, asked.size())));
            calls.read("identity", () -> List.copyOf(users.find(caller.bearer(), some)))
                    .forEach(profile -> found.put(profile.id(), profile));
        }
        return found;
    }

    /** Repeatable. */
    @Override
    public Optional<MemberProfile> joined(Caller caller, String userId) {
        return calls.find("identity", () -> users.joined(caller.bearer(), userId));
    }
}
