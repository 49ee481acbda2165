package dev.weft.workspace.membership;

import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import dev.weft.workspace.permission.AccessAnnouncements;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * What is told when a membership changes: that remembered grants do not hold, and {@code membership.changed} with payload
 * {@code {"scope":"contract"|"workspace","user_id","roles":[..],"added"?,"heir_id"?,"support"?}}; without roles the
 * membership has ended, {@code added} is true when somebody else has made the user a member, and {@code support} says that
 * it was one of support access.
 */
@Service
public final class MembershipFacts {

    private final Outbox outbox;
    private final AccessAnnouncements announcements;

    MembershipFacts(Outbox outbox, AccessAnnouncements announcements) {
        this.outbox = outbox;
        this.announcements = announcements;
    }

    public List<Outgoing> changed(MembershipSubject subject, String actorId, String userId, List<String> roles) {
        return facts(subject, actorId, payload(subject, userId, roles));
    }

    /** Whom somebody made a member without being asked: that is told by mail. */
    public List<Outgoing> added(MembershipSubject subject, String actorId, String userId, List<String> roles) {
        var payload = payload(subject, userId, roles);
        payload.put("added", true);
        return facts(subject, actorId, payload);
    }

    /** @param heirId who takes over what the user owned there, if anybody can */
    public List<Outgoing> ended(MembershipSubject subject, String actorId, String userId, Optional<String> heirId) {
        var payload = payload(subject, userId, List.of());
        heirId.ifPresent(heir -> payload.put("heir_id", heir));
        return facts(subject, actorId, payload);
    }

    /** As {@link #ended}, of the support user of a workspace. */
    public List<Outgoing> supportEnded(
            MembershipSubject subject, String actorId, String userId, Optional<String> heirId) {
        var payload = payload(subject, userId, List.of());
        heirId.ifPresent(heir -> payload.put("heir_id", heir));
        payload.put("support", true);
        return facts(subject, actorId, payload);
    }

    private List<Outgoing> facts(MembershipSubject subject, String actorId, Map<String, Object> payload) {
        return List.of(
                announcements.changed(subject.tenantId()),
                outbox.event(
                        Fact.MEMBERSHIP_CHANGED, subject.version(), subject.place(), subject.id(), actorId, payload));
    }

    private static Map<String, Object> payload(MembershipSubject subject, String userId, List<String> roles) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("scope", subject.scope());
        payload.put("user_id", userId);
        payload.put("roles", roles);
        return payload;
    }
}
