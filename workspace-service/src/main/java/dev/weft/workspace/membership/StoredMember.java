package dev.weft.workspace.membership;

import java.time.Instant;
import java.util.List;

/** A member inside a stored contract or workspace: {@code members: [{user, roles, since}]}. */
public record StoredMember(String user, List<String> roles, Instant since) {

    public static List<StoredMember> of(Members members) {
        return members.all().stream()
                .map(member -> new StoredMember(member.userId(), member.roles(), member.since()))
                .toList();
    }

    public static Members read(List<StoredMember> stored) {
        return new Members(stored.stream()
                .map(member -> new Member(member.user(), member.roles(), member.since()))
                .toList());
    }
}
