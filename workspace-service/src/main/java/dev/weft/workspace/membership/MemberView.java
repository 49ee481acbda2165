package dev.weft.workspace.membership;

import dev.weft.common.access.Caller;
import dev.weft.workspace.memberprofile.MemberProfile;
import dev.weft.workspace.memberprofile.MemberProfiles;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A member with the name the user has; a user who is gone has none. */
public record MemberView(Member member, @Nullable MemberProfile profile) {

    public static MemberView of(Caller caller, Members members, String userId, MemberProfiles profiles) {
        return new MemberView(
                members.get(userId), profiles.find(caller, List.of(userId)).get(userId));
    }

    /** All members with their names, by ascending id. */
    public static List<MemberView> of(Caller caller, Members members, MemberProfiles profiles) {
        var known = profiles.find(caller, members.ids());
        return members.all().stream()
                .sorted(Comparator.comparing(Member::userId))
                .map(member -> new MemberView(member, known.get(member.userId())))
                .toList();
    }
}
