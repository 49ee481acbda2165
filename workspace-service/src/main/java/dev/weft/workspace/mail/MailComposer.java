package dev.weft.workspace.mail;

import dev.weft.common.mail.Mail;
import dev.weft.common.token.ServiceTokens;
import dev.weft.workspace.inviterecord.InviteRepository;
import dev.weft.workspace.inviterecord.InviteTokens;
import dev.weft.workspace.memberprofile.MemberProfile;
import dev.weft.workspace.memberprofile.MemberProfiles;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Writes mails at the moment of their sending: with the address and name that the recipient has then. */
final class MailComposer {

    private final MemberProfiles profiles;
    private final InviteRepository invites;
    private final InviteTokens tokens;
    private final ServiceTokens self;
    private final String publicUrl;
    private final Map<MailKind, MailTemplate> templates = new EnumMap<>(MailKind.class);

    MailComposer(
            MemberProfiles profiles,
            InviteRepository invites,
            InviteTokens tokens,
            ServiceTokens self,
            String publicUrl) {
        this.profiles = profiles;
        this.invites = invites;
        this.tokens = tokens;
        this.self = self;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
        for (var kind : MailKind.values()) {
            templates.put(kind, MailTemplate.of(kind));
        }
    }

    /** Empty when there is nobody to send it to: the user is gone, or the invite. */
    Optional<Mail> compose(MailWant want) {
        return want.kind().isInvite() ? invite(want) : notice(want);
    }

    private Optional<Mail> invite(MailWant want) {
        return invites.find(want.id()).map(invite -> {
            var token = tokens.of(invite.id());
            var values = shown(want);
            values.put("inviter", name(profileOf(want.about())));
            values.put("link", publicUrl + "/console/invites/" + token);
            values.put("api", publicUrl + "/v2/invites/" + token + "/accept");
            return filled(want, invite.email(), values);
        });
    }

    private Optional<Mail> notice(MailWant want) {
        return profileOf(want.about()).map(profile -> {
            var values = shown(want);
            values.put("name", name(Optional.of(profile)));
            values.put("link", publicUrl + path(want));
            return filled(want, profile.email(), values);
        });
    }

    private Mail filled(MailWant want, String address, Map<String, String> values) {
        return Objects.requireNonNull(templates.get(want.kind())).fill("weft-mail:" + want.id(), address, values);
    }

    private static Map<String, String> shown(MailWant want) {
        var values = new LinkedHashMap<String, String>();
        want.values().forEach((name, value) -> values.put(name, ShownName.of(value)));
        return values;
    }

    private Optional<MemberProfile> profileOf(String userId) {
        return Optional.ofNullable(profiles.find(self.caller(), List.of(userId)).get(userId));
    }

    private static String name(Optional<MemberProfile> profile) {
        return profile.map(known -> ShownName.of(known.firstName() + " " + known.lastName()))
                .filter(shown -> !shown.isBlank())
                .orElse("Somebody");
    }

    private static String path(MailWant want) {
        var values = want.values();
        return switch (want.kind()) {
            case WIPER_STOP_LIMITED_FLOW -> "/console/flows/" + values.get("flowid");
            case WORKSPACE_MEMBER -> "/console/workspaces/" + values.get("workspaceid");
            default -> "/console/contracts/" + values.get("contractid");
        };
    }
}
