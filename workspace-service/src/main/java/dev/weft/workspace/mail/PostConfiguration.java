package dev.weft.workspace.mail;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.weft.common.duty.Duty;
import dev.weft.common.mail.Mailer;
import dev.weft.common.token.ServiceTokens;
import dev.weft.workspace.inviterecord.InviteRepository;
import dev.weft.workspace.inviterecord.InviteTokens;
import dev.weft.workspace.memberprofile.MemberProfiles;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who sends the mails, and when. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PublicUrlProperties.class)
class PostConfiguration {

    @Bean
    Postman postman(
            MailWants wants,
            MemberProfiles profiles,
            InviteRepository invites,
            InviteTokens tokens,
            ServiceTokens self,
            Mailer mailer,
            PublicUrlProperties properties,
            Clock clock,
            MeterRegistry meters) {
        var composer = new MailComposer(profiles, invites, tokens, self, properties.publicUrl());
        return new Postman(wants, composer::compose, mailer, clock, meters);
    }

    @Bean
    Duty mailsDuty(Postman postman) {
        // Longer than one mail may take; the round ends between two.
        return Duty.ofService("mails", ofSeconds(2), postman::round).within(ofMinutes(5));
    }

    @Bean
    Duty oldMailsDuty(Postman postman) {
        return Duty.ofService("old-mails", ofHours(1), postman::forgetOld);
    }

    @Bean
    Gauge mailsWaiting(MailWants wants, MeterRegistry meters) {
        return Gauge.builder("weft.mails.waiting", wants, MailWants::waiting)
                .description("Mails that are wanted and not sent")
                .register(meters);
    }
}
